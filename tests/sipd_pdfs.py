"""Small look-alikes of SIPD's DPA Rincian Belanja, with invented figures."""

from damaged.pdf import as_lines

MONTHS = ["Januari", "Pebruari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "Nopember", "Desember"]  # fmt: skip
HEAD = """\
DOKUMEN PELAKSANAAN ANGGARAN
SATUAN KERJA PERANGKAT DAERAH FORMULIR
Kota Uji DPA RINCIAN BELANJA SKPD
TAHUN ANGGARAN 2026
Nomor DPA : DPA/A.1/9.99.0.00.0.00.01.0000/001/2026
Bidang Urusan : 9.99 - URUSAN PEMERINTAHAN BIDANG UJI
Program : 9.99.02 - PROGRAM UJI
Kegiatan : 9.99.02.1.01 - KEGIATAN UJI YANG NAMANYA
SAMPAI DUA BARIS
Organisasi : 9.99.0.00.0.00.01.0000 - Dinas Uji
Unit : 9.99.0.00.0.00.01.0000 - Dinas Uji
Alokasi Tahun : Rp1.500,00
Sub Kegiatan : 9.99.02.1.01.0001 - Pengujian
Sumber Pendanaan : PENDAPATAN ASLI DAERAH (PAD)
Waktu Pelaksanaan : Mulai Januari Sampai Desember"""
TABLE = "Kode Rekening Uraian\nRincian Perhitungan Jumlah\nKoefisien / Volume Satuan Harga PPN (Rp)"
FIRST = """\
5 BELANJA DAERAH Rp1.500,00
5.1 BELANJA OPERASI Rp1.500,00
5.1.02 Belanja Barang dan Jasa Rp1.500,00
5.1.02.01 Belanja Barang Rp1.000,00
5.1.02.01.001 Belanja Barang Pakai Habis Rp1.000,00
5.1.02.01.001.00024 Belanja Alat Tulis Kantor Rp1.000,00
[ # ] Alat Tulis
Sumber Dana: PENDAPATAN ASLI DAERAH (PAD)
Rp600,00
[ - ] Alat Tulis Rp600,00
5 Kotak Kotak Rp100,00 0% Rp500,00
5.1.02.01.001.00025 Kertas yang namanya serupa rekening 1 Rim Rp100,00 0% Rp100,00
[ # ] Kertas
Sumber Dana: DANA UJI
Rp400,00
5.1.02.04.001.00009 Sewa yang induknya tidak tertulis Rp400,00"""
SECOND = """\
5.1.02.04 Belanja Perjalanan Dinas Rp500,00
5.1.02.04.001 Belanja Perjalanan Dinas Dalam Negeri Rp500,00
5.1.02.04.001.00001 Belanja Perjalanan Dinas yang namanya
sampai dua baris Rp500,00"""
END = "Jumlah Anggaran Sub Kegiatan Rp1.500,00"


def document(*pages):
    """A PDF with one text line per line of each page."""
    return as_lines([page.splitlines() for page in pages])


def months(amount, signature=True):
    lines = [f"{name} Rp{amount},00" for name in MONTHS]
    if signature:
        lines[0] = f"Kota Uji, 2 Januari 2026 {lines[0]} KEPALA DINAS UJI"
        lines[5] = f"{lines[5]} NIP. -"
    return "\n".join(["Rencana Penarikan Dana per Bulan", *lines, f"Jumlah Rp{12 * amount},00"])
