//! A type of its own that travels from node to node: only inputs of that type can be connected to it.

use std::collections::BTreeMap;

use chainner_sdk::prelude::*;

use crate::PALETTE;

/// Colours, the most frequent first.
#[derive(Debug, PartialEq, NaviType)]
#[navi(fields = [("colors", "int(1..)")])]
pub struct Palette {
    /// The colours; at least one.
    pub colors: Vec<Bgr>,
}

impl Palette {
    /// The colour nearest to this one.
    pub fn nearest(&self, to: Bgr) -> Bgr {
        let distance = |color: &Bgr| {
            (color.b - to.b).powi(2) + (color.g - to.g).powi(2) + (color.r - to.r).powi(2)
        };
        self.colors
            .iter()
            .copied()
            .min_by(|one, other| distance(one).total_cmp(&distance(other)))
            .unwrap_or(to)
    }
}

/// Takes the most frequent colours of an image.
///
/// Colours that differ little count as one (the popularity algorithm of Heckbert, 1982).
#[node(id = "{{module}}:palette:extract", group = PALETTE, see_also = ["{{module}}:palette:apply"])]
#[output(label = "Palette")]
pub fn extract_palette(
    #[input(channels = [3, 4])] image: ImageView<'_>,
    /// How many colours there are at most.
    #[input(default = 8, range = 1..=256)]
    colors: usize,
) -> Result<Handle<Palette>, NodeError> {
    // Per box of similar colours, how many there are and their sum.
    let mut boxes: BTreeMap<[u8; 3], (u64, [f64; 3])> = BTreeMap::new();
    for y in 0..image.height() {
        for pixel in image.row(y).chunks_exact(image.channels()) {
            let color = [pixel[0], pixel[1], pixel[2]];
            let (count, sum) = boxes
                .entry(color.map(|sample| (sample * 15.0).round() as u8))
                .or_default();
            *count += 1;
            for (sum, sample) in sum.iter_mut().zip(color) {
                *sum += f64::from(sample);
            }
        }
    }
    if boxes.is_empty() {
        return Err(NodeError::new("an empty image has no colours").input("Image"));
    }
    let mut boxes: Vec<(u64, [f64; 3])> = boxes.into_values().collect();
    boxes.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let mean = |(count, sum): (u64, [f64; 3])| {
        let [b, g, r] = sum.map(|sum| (sum / count as f64) as f32);
        Bgr { b, g, r }
    };
    Ok(Handle::new(Palette {
        colors: boxes.into_iter().take(colors).map(mean).collect(),
    }))
}

/// Gives every pixel the nearest colour of a palette.
#[node(id = "{{module}}:palette:apply", group = PALETTE, see_also = ["{{module}}:palette:extract"])]
#[output(same_as = image)]
pub fn apply_palette(
    #[input(channels = [3, 4])] image: ImageView<'_>,
    /// The colours to choose from.
    palette: Handle<Palette>,
) -> Image {
    image.map_bgr(|_, _, color| palette.nearest(color))
}
