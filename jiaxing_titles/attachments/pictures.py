"""Pictures are decoded and encoded anew: what was hidden in the file (scripts, place of the photo) stays behind."""

import threading
from io import BytesIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from jiaxing_titles.sheets.guard import Refused

MAX_PIXELS = 40_000_000
_FORMATS = {"jpg": "JPEG", "png": "PNG"}
_DAMAGED = "图片已损坏，无法打开。请重新拍照或截图后再上传。"
_TOO_BIG = f"图片超过 {MAX_PIXELS // 1_000_000} 百万像素的上限。请缩小尺寸后再上传。"

# A picture at the limit takes 160 MB while it is decoded: one at a time in each process.
_one_at_a_time = threading.Lock()


def re_encoded(content: bytes, kind: str) -> bytes:
    """The picture again, upright and without metadata; size is judged before anything is decoded. Raises Refused."""
    try:
        with _one_at_a_time:
            # WeasyPrint switches this on for the whole process, and half a picture would pass for a whole one.
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise Refused(_TOO_BIG)
                picture.verify()
            with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
                return _encode(picture, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(_TOO_BIG) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(_DAMAGED) from error


def _encode(picture: Image.Image, kind: str) -> bytes:
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    if kind == "jpg":
        clean = upright.convert("L" if upright.mode == "L" else "RGB")
    else:
        clean = upright if upright.mode in ("1", "L", "RGB", "RGBA") else upright.convert("RGBA")
    bare = Image.new(clean.mode, clean.size)
    bare.paste(clean)
    out = BytesIO()
    bare.save(out, _FORMATS[kind], **({"quality": 90} if kind == "jpg" else {}))
    return out.getvalue()
