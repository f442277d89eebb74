//! Channels as images of their own, and images of several of them.

use chainner_sdk::{
    image::{FreshRow, WrittenRow},
    prelude::*,
};
use multiversion::multiversion;

/// One channel.
#[derive(Debug, Clone, Copy)]
pub enum Plane<'a> {
    /// An image of one channel.
    Samples(ImageView<'a>),
    /// The same everywhere.
    Value(f32),
}

impl<'a> Plane<'a> {
    fn image(self) -> Option<ImageView<'a>> {
        match self {
            Self::Samples(image) => Some(image),
            Self::Value(_) => None,
        }
    }
}

/// One channel of an image; `None` if it has none of that number.
pub fn channel(image: ImageView<'_>, index: usize) -> Option<Image> {
    match (image.channels(), index) {
        (1, 0) => Some(image.to_image()),
        (channels, index) if index < channels => {
            Some(Image::from_fresh_rows(image.width(), image.height(), 1, |y, to| {
                pick(image.row(y), to, channels, index)
            }))
        }
        _ => None,
    }
}

/// An image of one channel, as large as another.
pub fn flat(size_of: ImageView<'_>, value: f32) -> Image {
    Image::from_fresh_rows(size_of.width(), size_of.height(), 1, |_, to| to.write(std::iter::repeat(value)))
}

/// An image of four planes, all of the given width and height.
///
/// # Panics
/// When a plane is not of that size.
pub fn interleaved([width, height]: [usize; 2], planes: [Plane<'_>; 4]) -> Image {
    match planes.map(Plane::image) {
        [Some(b), Some(g), Some(r), Some(a)] => {
            return Image::from_fresh_rows(width, height, 4, |y, to| {
                weave([b.row(y), g.row(y), r.row(y), a.row(y)], to, |[b, g, r, a]| [b, g, r, a])
            });
        }
        [Some(b), Some(g), Some(r), None] => {
            let Plane::Value(alpha) = planes[3] else { unreachable!("no image, so a value") };
            return Image::from_fresh_rows(width, height, 4, |y, to| {
                weave([b.row(y), g.row(y), r.row(y)], to, move |[b, g, r]| [b, g, r, alpha])
            });
        }
        _ => {}
    }
    Image::from_rows(width, height, 4, |y, to| {
        // What is the same everywhere stands in a row of its own only where there is none.
        for (index, plane) in planes.iter().enumerate() {
            match plane {
                Plane::Value(value) => to.iter_mut().skip(index).step_by(4).for_each(|to| *to = *value),
                Plane::Samples(_) => {}
            }
        }
        let images = planes.iter().enumerate().filter_map(|(index, plane)| Some((index, plane.image()?)));
        for (index, image) in images {
            to.iter_mut().skip(index).step_by(4).zip(image.row(y)).for_each(|(to, from)| *to = *from);
        }
    })
}

/// An image with another opacity; `None` unless it has one, three or four channels.
pub fn with_alpha(image: ImageView<'_>, alpha: Plane<'_>) -> Option<Image> {
    let channels = image.channels();
    matches!(channels, 1 | 3 | 4).then(|| {
        Image::from_fresh_rows(image.width(), image.height(), 4, |y, to| match (channels, alpha) {
            (1, Plane::Value(alpha)) => colors::<1>(image.row(y), to, alpha),
            (3, Plane::Value(alpha)) => colors::<3>(image.row(y), to, alpha),
            (_, Plane::Value(alpha)) => colors::<4>(image.row(y), to, alpha),
            (1, Plane::Samples(alpha)) => layered::<1>(image.row(y), to, alpha.row(y)),
            (3, Plane::Samples(alpha)) => layered::<3>(image.row(y), to, alpha.row(y)),
            (_, Plane::Samples(alpha)) => layered::<4>(image.row(y), to, alpha.row(y)),
        })
    })
}

/// An image of channels of images of one size, each given by the number of its image and its own; as many as are given.
///
/// # Panics
/// When there is no such channel.
pub fn gathered(images: &[ImageView<'_>], channels: &[(usize, usize)]) -> Image {
    let first = images[0];
    if let [(0, 0), (0, 1), (0, 2), (image, 0)] = *channels
        && first.channels() == 3
        && images[image].channels() == 1
    {
        return with_alpha(first, Plane::Samples(images[image])).expect("a colour can have opacity");
    }
    Image::from_rows(first.width(), first.height(), channels.len(), |y, to| {
        for (index, &(image, channel)) in channels.iter().enumerate() {
            let image = images[image];
            let from = image.row(y).iter().skip(channel).step_by(image.channels());
            to.iter_mut().skip(index).step_by(channels.len()).zip(from).for_each(|(to, from)| *to = *from);
        }
    })
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn pick<'a>(from: &[f32], to: FreshRow<'a>, channels: usize, index: usize) -> WrittenRow<'a> {
    match channels {
        3 => to.write(from.as_chunks::<3>().0.iter().map(|pixel| pixel[index.min(2)])),
        4 => to.write(from.as_chunks::<4>().0.iter().map(|pixel| pixel[index.min(3)])),
        _ => to.write(from.chunks_exact(channels).map(|pixel| pixel[index])),
    }
}

/// Samples of several rows side by side, made pixels of four.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn weave<'a, const N: usize, F: Fn([f32; N]) -> [f32; 4] + Copy>(
    from: [&[f32]; N],
    to: FreshRow<'a>,
    f: F,
) -> WrittenRow<'a> {
    let count = to.len() / 4;
    let from = from.map(|row| &row[..count]);
    to.write_pixels((0..count).map(|x| f(from.map(|row| row[x]))))
}

/// The colours of pixels of `N` samples, with an opacity behind.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn colors<'a, const N: usize>(from: &[f32], to: FreshRow<'a>, alpha: f32) -> WrittenRow<'a> {
    to.write_pixels(from.as_chunks::<N>().0.iter().map(|from| [from[0], from[1 % N], from[2 % N], alpha]))
}

/// The same, with an opacity of its own for each pixel.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn layered<'a, const N: usize>(from: &[f32], to: FreshRow<'a>, alphas: &[f32]) -> WrittenRow<'a> {
    let pixels = from.as_chunks::<N>().0.iter().zip(alphas);
    to.write_pixels(pixels.map(|(from, &alpha)| [from[0], from[1 % N], from[2 % N], alpha]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(channels: usize) -> Image {
        Image::from_rows(21, 4, channels, |y, row| {
            row.iter_mut().enumerate().for_each(|(x, sample)| *sample = ((x * 7 + y * 13) % 101) as f32 / 100.0);
        })
    }

    #[test]
    fn channels_taken_apart_and_put_together_are_the_image() {
        let whole = image(4);
        let parts: Vec<Image> = (0..4).filter_map(|index| channel(whole.view(), index)).collect();
        let [b, g, r, a] = std::array::from_fn(|index| Plane::Samples(parts[index].view()));
        assert_eq!(interleaved([21, 4], [b, g, r, a]), whole);
        assert_eq!(with_alpha(whole.view(), a), Some(whole.clone()));
        let half = interleaved([21, 4], [b, Plane::Value(0.25), r, Plane::Value(0.5)]);
        let pixels = whole.view().samples().chunks(4).zip(half.view().samples().chunks(4).map(<[f32]>::to_vec));
        assert!(pixels.into_iter().all(|(from, to)| to == [from[0], 0.25, from[2], 0.5]));
        let views: Vec<ImageView<'_>> = parts.iter().map(Image::view).collect();
        assert_eq!(gathered(&views, &[(0, 0), (1, 0), (2, 0), (3, 0)]), whole);
        assert_eq!(gathered(&[whole.view()], &[(0, 3), (0, 0)]).view().pixel(5, 2), {
            let pixel = whole.view().pixel(5, 2);
            [pixel[3], pixel[0]]
        });
    }

    #[test]
    fn grey_is_three_colours() {
        let gray = image(1);
        assert_eq!(channel(gray.view(), 0).as_ref(), Some(&gray));
        assert_eq!(channel(gray.view(), 1), None);
        let opaque = with_alpha(gray.view(), Plane::Value(0.5)).expect("one channel");
        assert_eq!(opaque.view().pixel(3, 1), {
            let v = gray.view().pixel(3, 1)[0];
            [v, v, v, 0.5]
        });
        assert_eq!(with_alpha(image(2).view(), Plane::Value(0.5)), None);
        assert_eq!(flat(gray.view(), 0.5).view().samples(), [0.5; 84]);
    }
}
