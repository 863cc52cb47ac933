"""Small look-alikes of SIPD's DPA Rincian Belanja, with invented figures."""

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
    """A PDF with one text line per line of each page, Helvetica, without compression."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    for page in pages:
        marks = "".join(
            f"BT /F1 7 Tf 20 {820 - 10 * row} Td ({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj ET\n"
            for row, line in enumerate(page.splitlines())
        )
        content = len(objects) + 2
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R"
                       "/Resources<</Font<</F1 3 0 R>>>>>>")  # fmt: skip
        objects.append(f"<</Length {len(marks)}>>stream\n{marks}endstream")
    kids = " ".join(f"{number} 0 R" for number in range(4, len(objects) + 1, 2))
    objects[1] = f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"
    body, places = "%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode("latin-1")


def months(amount, signature=True):
    lines = [f"{name} Rp{amount},00" for name in MONTHS]
    if signature:
        lines[0] = f"Kota Uji, 2 Januari 2026 {lines[0]} KEPALA DINAS UJI"
        lines[5] = f"{lines[5]} NIP. -"
    return "\n".join(["Rencana Penarikan Dana per Bulan", *lines, f"Jumlah Rp{12 * amount},00"])
