"""How large an image is."""

import cv2
import numpy as np

from . import Case


def _resize(by):
    def peer(image, _mode, percent, *_):
        height, width = image.shape[:2]
        size = (round(width * percent / 100), round(height * percent / 100))
        return np.clip(cv2.resize(image, size, interpolation=by), 0, 1)

    return peer


def _crop_content(image, _threshold):
    ys, xs = np.nonzero(image[:, :, 3] > 0)
    return image[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]


def _pad(image, kind, _color, _mode, amount):
    return cv2.copyMakeBorder(image, amount, amount, amount, amount, kind)


def _bounds(image, threshold):
    return cv2.boundingRect((image > threshold / 100).astype(np.uint8))


_SMALL = ("512", "1080p")

CASES = [
    Case("pad", ("@rgb", 4, None, 0, 64), "reflect", peer=_pad),
    Case("pad", ("@rgba", 0, None, 0, 64), "black", peer=_pad),
    Case("crop", ("@rgb", 0, 16), view=True),
    Case("get_dims", ("@rgb",), view=True),
    Case("remove_border", ("@border", 5, 1, 0)),
    Case("crop_content", ("@soft", 0), peer=_crop_content),
    Case("get_bbox", ("@mask", 50), peer=_bounds),
    Case("resize", ("@rgb", 0, 50, 1, 1, 4), "50 % box", peer=_resize(cv2.INTER_AREA)),
    Case("resize", ("@rgb", 0, 50, 1, 1, 1), "50 % Lanczos"),
    Case("resize", ("@rgb", 0, 200, 1, 1, 1), "200 % Lanczos", sizes=_SMALL),
    Case("resize", ("@rgb", 0, 200, 1, 1, 2), "200 % linear", peer=_resize(cv2.INTER_LINEAR), sizes=_SMALL),
    Case("resize", ("@rgb", 0, 200, 1, 1, 0), "200 % nearest", peer=_resize(cv2.INTER_NEAREST), sizes=_SMALL),
    Case("resize", ("@rgba", 0, 50, 1, 1, -1), "50 % auto"),
    Case("resize_to_side", ("@rgb", 720, "height")),
    Case("resize_pixel_art", ("@small", "adv_mame2x"), "EPX 2x"),
    Case("resize_pixel_art", ("@small", "adv_mame3x"), "EPX 3x"),
    Case("resize_pixel_art", ("@small", "adv_mame4x"), "EPX 4x"),
    Case("resize_pixel_art", ("@small", "eagle2x"), "Eagle 2x"),
    Case("resize_pixel_art", ("@small", "eagle3x"), "Eagle 3x"),
    Case("resize_pixel_art", ("@small", "super_eagle2x"), "Super Eagle"),
    Case("resize_pixel_art", ("@small", "sai2x"), "2xSaI"),
    Case("resize_pixel_art", ("@small", "super_sai2x"), "Super SaI"),
    Case("resize_pixel_art", ("@small", "hqx2x"), "HQ 2x"),
    Case("resize_pixel_art", ("@small", "hqx3x"), "HQ 3x"),
    Case("resize_pixel_art", ("@small", "hqx4x"), "HQ 4x"),
    Case("resize_pixel_art", ("@border", "adv_mame2x"), "EPX 2x", sizes=_SMALL),
    Case("resize_pixel_art", ("@rgba", "hqx2x"), "HQ 2x", sizes=_SMALL),
    Case("resize_pixel_art", ("@gray", "hqx2x"), "HQ 2x", sizes=_SMALL),
]
