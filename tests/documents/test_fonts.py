from app.documents import fonts


def test_fonts_cover_what_sheets_need() -> None:
    needed = "✓☐▲◆○●–−≥≤°" + "".join(chr(code) for code in (*range(0xA1, 0xAD), *range(0xAE, 0x180)))
    assert [character for character in needed if fonts.font_of(character, False) is None] == []
    for bold in (False, True):
        chinese = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
        signs = [code.decode("gb2312", "ignore") for code in chinese]
        assert [sign for sign in signs if sign and fonts.font_of(sign, bold) is None] == []


def test_a_sheet_without_chinese_never_reads_the_large_font() -> None:
    fonts.font_of.cache_clear()
    fonts.font.cache_clear()
    list(fonts.runs("Łódź Ωμέγα Кириллица ≥ 1.5"))
    assert fonts.font.cache_info().currsize == 2


def test_every_font_has_its_licence_beside_it() -> None:
    from app.paths import resources

    folder = resources() / "fonts"
    for font in folder.glob("*.ttf"):
        licence = folder / f"OFL-{font.stem.split('-')[0]}.txt"
        assert "SIL Open Font License" in licence.read_text("utf-8")
