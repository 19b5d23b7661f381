"""Writes the program's icon for Windows, from its drawing.

QT_QPA_PLATFORM=offscreen python packaging/windows/icon.py FILE
"""

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 48, 64, 256)
DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "studyday.svg"


def picture(drawing: QSvgRenderer, size: int) -> Image.Image:
    """Return the drawing in pixels."""
    painted = QImage(size, size, QImage.Format.Format_ARGB32)
    painted.fill(0)
    painter = QPainter(painted)
    drawing.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    painted.save(buffer, "PNG")  # type: ignore[call-overload] # its types say bytes, which it refuses
    return Image.open(io.BytesIO(buffer.data().data()))


def main(path: Path) -> None:
    """Write the icon in all sizes."""
    application = QGuiApplication(sys.argv[:1])
    drawing = QSvgRenderer(str(DRAWING))
    pictures = [picture(drawing, size) for size in SIZES]
    pictures[-1].save(path, sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]))
