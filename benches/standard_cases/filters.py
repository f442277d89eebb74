"""Filters."""

from __future__ import annotations

import cv2
import numpy as np

from . import Case

_CONVOLVE = "0 -1 0\n-1 5 -1\n0 -1 0"
_CONVOLVE_9 = "\n".join(" ".join(f"{0.2 + 0.1 * ((3 * x + 5 * y) % 7):.1f}" for x in range(9)) for y in range(9))


def _box(image, x, y):
    size = (2 * int(x) + 1, 2 * int(y) + 1)
    return np.clip(cv2.blur(image, size, borderType=cv2.BORDER_REFLECT_101), 0, 1)


def _gaussian(image, x, y):
    return np.clip(cv2.GaussianBlur(image, (0, 0), sigmaX=x, sigmaY=y, borderType=cv2.BORDER_REFLECT), 0, 1)


def _median(image, radius):
    if radius < 3:
        return np.clip(cv2.medianBlur(image, 2 * radius + 1), 0, 1)
    bytes_ = np.round(np.clip(image, 0, 1) * 255).astype(np.uint8)
    return cv2.medianBlur(bytes_, 2 * radius + 1).astype(np.float32) / 255


def _bilateral(image, radius, color, space):
    size = 2 * radius + 1
    if image.shape[2] == 3:
        return np.clip(cv2.bilateralFilter(image, size, color / 255, space), 0, 1)
    colors = cv2.bilateralFilter(np.ascontiguousarray(image[:, :, :3]), size, color / 255, space)
    alpha = cv2.bilateralFilter(np.ascontiguousarray(image[:, :, 3]), size, color / 255, space)
    return np.clip(np.dstack((colors, alpha)), 0, 1)


def _canny(image, low, high):
    return cv2.Canny(np.round(np.clip(image, 0, 1) * 255).astype(np.uint8), low, high).astype(np.float32) / 255


def _convolve(image, text, _):
    kernel = np.array([[float(word) for word in line.split()] for line in text.split("\n")])
    return np.clip(cv2.filter2D(image, -1, kernel[::-1, ::-1]), 0, 1)


def _morphology(function):
    def filtered(image, shape, radius, times):
        kernel = cv2.getStructuringElement(shape, (2 * radius + 1, 2 * radius + 1))
        return np.clip(function(image, kernel, iterations=times), 0, 1)

    return filtered


def _sharpen(image, radius, amount, threshold):
    blurred = cv2.GaussianBlur(image, (0, 0), radius, borderType=cv2.BORDER_REFLECT)
    if threshold == 0:
        return np.clip(cv2.addWeighted(image, amount + 1, blurred, -amount, 0), 0, 1)
    difference = image - blurred
    beyond = np.sign(difference) * np.maximum(np.abs(difference) - threshold / 100, 0)
    return np.clip(image + amount * beyond, 0, 1)


def _high_boost(image, _, amount, *__):
    kernel = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]], np.float32) / 5 * amount
    kernel[1, 1] += 1
    return np.clip(cv2.filter2D(image, -1, kernel), 0, 1)


def _high_pass(image, _, radius, __, contrast):
    blurred = cv2.GaussianBlur(image, (0, 0), radius, borderType=cv2.BORDER_REFLECT)
    return np.clip(contrast * (image - blurred) + 0.5, 0, 1)


CASES = [
    Case("blur", ("@rgb", 3, 3), "radius 3", peer=_box),
    Case("blur", ("@rgba", 3, 3), "radius 3", peer=_box),
    Case("blur", ("@rgb", 3.5, 3.5), "radius 3.5"),
    Case("blur", ("@rgb", 50, 50), "radius 50", peer=_box),
    Case("gaussian_blur", ("@rgb", 1, 1), "radius 1", peer=_gaussian),
    Case("gaussian_blur", ("@rgba", 1, 1), "radius 1", peer=_gaussian),
    Case("gaussian_blur", ("@rgb", 5, 5), "radius 5", peer=_gaussian),
    Case("gaussian_blur", ("@rgb", 25, 25), "radius 25"),
    Case("lens_blur", ("@rgb", 3, 5), "radius 3, 5 components"),
    Case("lens_blur", ("@rgba", 3, 5), "radius 3, 5 components"),
    Case("lens_blur", ("@rgb", 20, 3), "radius 20, 3 components"),
    Case("median_blur", ("@rgb", 1), "radius 1", peer=_median),
    Case("median_blur", ("@rgba", 1), "radius 1", peer=_median),
    Case("median_blur", ("@rgb", 2), "radius 2", peer=_median),
    Case("median_blur", ("@rgb", 3), "radius 3", peer=_median),
    Case("median_blur", ("@rgb", 5), "radius 5", peer=_median),
    Case("median_blur", ("@rgb", 10), "radius 10", peer=_median),
    Case("median_blur", ("@rgb", 30), "radius 30", peer=_median),
    Case("bilateral_blur", ("@rgb", 4, 25, 25), peer=_bilateral),
    Case("bilateral_blur", ("@rgba", 4, 25, 25), peer=_bilateral),
    Case("average_color_fix", ("@rgb", "@rgb2", 12.5)),
    Case("canny_edge_detection", ("@rgb", 100, 300), peer=_canny),
    Case("canny_edge_detection", ("@gray", 100, 300), peer=_canny),
    Case("image_convolve", ("@rgb", _CONVOLVE, 0), "3×3", peer=_convolve),
    Case("image_convolve", ("@rgb", _CONVOLVE_9, 0), "9×9", peer=_convolve),
    Case("dilate", ("@rgb", 0, 1, 1), "square 1", peer=_morphology(cv2.dilate)),
    Case("dilate", ("@rgba", 0, 1, 1), "square 1", peer=_morphology(cv2.dilate)),
    Case("dilate", ("@rgb", 2, 5, 1), "circle 5", peer=_morphology(cv2.dilate)),
    Case("erode", ("@rgb", 0, 1, 1), "square 1", peer=_morphology(cv2.erode)),
    Case("erode", ("@rgb", 0, 12, 1), "square 12", peer=_morphology(cv2.erode)),
    Case("edge_detection", ("@rgb", 1, 1, 1), "Sobel"),
    Case("edge_detection", ("@rgba", 1, 1, 1), "Sobel"),
    Case("edge_detection", ("@rgb", 1, 6, 1), "Prewitt compass"),
    Case("edge_detection", ("@rgb", 1, 7, 1), "Laplacian"),
    Case("edge_detection", ("@rgb", 1, 8, 1), "Laplacian denoise"),
    Case("edge_detection", ("@rgb", 1, 9, 1, 1, 2), "difference of Gaussians"),
    Case("high_pass", ("@rgb", 0, 3, None, 1), peer=_high_pass),
    Case("high_pass", ("@rgba", 0, 3, None, 1)),
    Case("pixelate", ("@rgb", 10, 10)),
    Case("pixelate", ("@rgba", 10, 10)),
    Case("sharpen", ("@rgb", 3, 1, 0), peer=_sharpen),
    Case("sharpen", ("@rgba", 3, 1, 0), peer=_sharpen),
    Case("sharpen", ("@rgb", 3, 1, 5), "threshold 5", peer=_sharpen),
    Case("sharpen_hbf", ("@rgb", 0, 2, 0), peer=_high_boost),
    Case("sharpen_hbf", ("@rgba", 0, 2, 0), peer=_high_boost),
    Case("sharpen_hbf", ("@rgb", 0, 2, 1), "contrast adaptive"),
    Case("dither", ("@rgb", 8, "None"), "none"),
    Case("dither", ("@rgb", 8, "Ordered"), "ordered"),
    Case("dither", ("@rgb", 8, "Diffusion"), "diffusion"),
    Case("dither", ("@rgba", 8, "Diffusion"), "diffusion"),
    Case("dither", ("@rgb", 8, "Diffusion", None, "JJN"), "diffusion to two rows"),
    Case("dither", ("@rgb", 8, "Riemersma"), "Riemersma"),
    Case("dither", ("@rgba", 8, "Riemersma"), "Riemersma"),
    Case("dither", ("@rgb", 8, "Riemersma", None, None, 100), "Riemersma, long history"),
    Case("palette_dither", ("@rgb", "@palette", "None"), "none"),
    Case("palette_dither", ("@rgb", "@palette", "Diffusion"), "diffusion"),
    Case("palette_dither", ("@rgb", "@palette", "Diffusion", "JJN"), "diffusion to two rows"),
    Case("palette_dither", ("@rgb", "@palette", "Riemersma"), "Riemersma"),
    Case("quantize_to_referece", ("@rgb", "@small", 1), sizes=("512",)),
    Case("color_transfer", ("@rgb", "@rgb2", "mean_std", "L*a*b*", 1, 1), "mean and deviation"),
    Case("color_transfer", ("@rgba", "@rgba2", "mean_std", "L*a*b*", 1, 1), "mean and deviation"),
    Case("color_transfer", ("@rgb", "@rgb2", "linear_histogram"), "covariance"),
    Case("color_transfer", ("@rgb", "@rgb2", "principal_color"), "principal axes"),
    Case("add_noise", ("@rgb", "gaussian", "rgb", 20), "Gaussian"),
    Case("add_noise", ("@rgba", "gaussian", "rgb", 20), "Gaussian"),
    Case("add_noise", ("@rgb", "uniform", "rgb", 20), "uniform"),
    Case("add_noise", ("@rgb", "salt_and_pepper", "rgb", 20), "salt and pepper"),
    Case("add_noise", ("@rgb", "speckle", "rgb", 20), "speckle"),
    Case("add_noise", ("@rgb", "poisson", "rgb", 20), "Poisson"),
    Case("distance_transform", ("@mask", 20, 0), "hard"),
    Case("distance_transform", ("@mask", 20, 1), "sub-pixel"),
    Case("fast_nlmeans", ("@gray", 3, 3, 3, 10), sizes=("512", "1080p")),
    Case("fast_nlmeans", ("@rgb", 3, 3, 3, 10), sizes=("512", "1080p")),
]
