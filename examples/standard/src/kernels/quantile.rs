//! Order statistics without sorting.
//!
//! The bits of floating-point numbers, seen as whole numbers, are in the order of the numbers. A histogram of their upper halves tells
//! in which of 65 536 bins the wanted rank lies; only what is in that bin is looked at closely (a radix selection; D. E. Knuth,
//! *The Art of Computer Programming* 3, 5.2.5, and selection after C. A. R. Hoare, *Find*, 1961).

use chainner_sdk::{parallel, prelude::*};

/// Bins of the upper half of the bits.
const BINS: usize = 1 << 16;
/// Pixels for one thread at a time.
const RUN: usize = 1 << 18;

/// The least and the greatest sample of each colour channel (the first three of a pixel). NaN is passed over.
pub fn ranges(image: ImageView<'_>) -> Vec<[f32; 2]> {
    let (channels, colors) = (image.channels(), image.channels().min(3));
    let mut ranges = vec![[f32::INFINITY, f32::NEG_INFINITY]; colors];
    for of_run in map_runs(image, RUN / 16, |run| lane_ranges(run, channels)) {
        for (all, range) in ranges.iter_mut().zip(of_run) {
            *all = [all[0].min(range[0]), all[1].max(range[1])];
        }
    }
    ranges
}

/// Least and greatest sample of each channel.
fn lane_ranges(samples: &[f32], channels: usize) -> Vec<[f32; 2]> {
    /// A multiple of 1, 2, 3 and 4 channels, so that each lane belongs to one.
    const LANES: usize = 24;
    let (mut least, mut most) = ([f32::INFINITY; LANES], [f32::NEG_INFINITY; LANES]);
    let mut ranges = vec![[f32::INFINITY, f32::NEG_INFINITY]; channels];
    let mut enter = |channel: usize, least: f32, most: f32| {
        let range: &mut [f32; 2] = &mut ranges[channel];
        *range = [range[0].min(least), range[1].max(most)];
    };
    let (blocks, rest) = if LANES.is_multiple_of(channels) { samples.as_chunks::<LANES>() } else { (&[][..], samples) };
    for block in blocks {
        for lane in 0..LANES {
            least[lane] = least[lane].min(block[lane]);
            most[lane] = most[lane].max(block[lane]);
        }
    }
    (0..LANES).for_each(|lane| enter(lane % channels, least[lane], most[lane]));
    rest.iter().enumerate().for_each(|(i, &sample)| enter(i % channels, sample, sample));
    ranges
}

/// The samples below which lie these shares (0..1) of all that `picked` picks by their channel, between two neighbours as if a line
/// joined them. `None` if there are none.
pub fn quantiles<const N: usize>(
    image: ImageView<'_>,
    picked: impl Fn(usize) -> bool + Sync,
    shares: [f64; N],
) -> Option<[f32; N]> {
    let channels = image.channels();
    let picks: Vec<bool> = (0..channels).map(picked).collect();
    let count = picks.iter().filter(|&&pick| pick).count() * image.width() * image.height();
    let last = count.checked_sub(1)?;
    let mut counts = vec![0_u32; BINS];
    for of_run in map_runs(image, RUN, |run| {
        let mut counts = vec![0_u32; BINS];
        count_bins(run, channels, &picks, &mut counts);
        counts
    }) {
        counts.iter_mut().zip(of_run).for_each(|(all, count)| *all += count);
    }
    // The two ranks around each share, and the bins that they are in.
    let ranks: Vec<usize> = shares
        .iter()
        .flat_map(|share| {
            let at = (share * last as f64).clamp(0.0, last as f64);
            [at.floor() as usize, at.ceil() as usize]
        })
        .collect();
    let mut wanted = vec![false; BINS];
    let places: Vec<(usize, usize)> = ranks.iter().map(|&rank| place(&counts, rank)).collect();
    places.iter().for_each(|&(bin, _)| wanted[bin] = true);
    let mut close = map_runs(image, RUN, |run| {
        let mut close = Vec::new();
        for_each_picked(run, channels, &picks, |bits| {
            if wanted[(bits >> 16) as usize] {
                close.push(bits);
            }
        });
        close
    })
    .concat();
    // What lies in bins before, of those looked at closely.
    let before = |bin: usize| (0..bin).filter(|&bin| wanted[bin]).map(|bin| counts[bin] as usize).sum::<usize>();
    let starts: Vec<usize> = places.iter().map(|&(bin, _)| before(bin)).collect();
    let mut values = Vec::with_capacity(ranks.len());
    for (&(_, offset), start) in places.iter().zip(starts) {
        let (_, bits, _) = close.select_nth_unstable(start + offset);
        values.push(number(*bits));
    }
    Some(std::array::from_fn(|i| {
        let at = (shares[i] * last as f64).clamp(0.0, last as f64);
        let (low, high) = (f64::from(values[2 * i]), f64::from(values[2 * i + 1]));
        (low + (high - low) * at.fract()) as f32
    }))
}

/// What `f` makes of runs of so many pixels, in their order.
fn map_runs<T: Send>(image: ImageView<'_>, pixels: usize, f: impl Fn(&[f32]) -> T + Sync) -> Vec<T> {
    let samples = image.samples();
    parallel::map_runs(samples.len(), pixels * image.channels(), |run| f(&samples[run]))
}

fn count_bins(run: &[f32], channels: usize, picks: &[bool], counts: &mut [u32]) {
    let counts: &mut [u32; BINS] = counts.try_into().expect("one for each bin");
    for_each_picked(run, channels, picks, |bits| counts[(bits >> 16) as usize] += 1);
}

/// Calls `f` for each sample of a channel that is picked, as a whole number in the order of the samples.
#[inline(always)]
fn for_each_picked(run: &[f32], channels: usize, picks: &[bool], mut f: impl FnMut(u32)) {
    let picked: Vec<usize> = (0..channels).filter(|&channel| picks[channel]).collect();
    match (channels, picked.as_slice()) {
        // Known lengths and places need no loop.
        (_, all) if all.len() == channels => run.iter().for_each(|sample| f(ordered(*sample))),
        (3, &[channel]) => run.as_chunks::<3>().0.iter().for_each(|pixel| f(ordered(pixel[channel]))),
        (4, &[channel]) => run.as_chunks::<4>().0.iter().for_each(|pixel| f(ordered(pixel[channel]))),
        (4, [0, 1, 2]) => {
            run.as_chunks::<4>().0.iter().for_each(|pixel| pixel[..3].iter().for_each(|sample| f(ordered(*sample))));
        }
        _ => {
            for pixel in run.chunks_exact(channels) {
                picked.iter().for_each(|&channel| f(ordered(pixel[channel])));
            }
        }
    }
}

/// The bin of a rank, and its rank in there.
fn place(counts: &[u32], rank: usize) -> (usize, usize) {
    let mut before = 0;
    for (bin, &count) in counts.iter().enumerate() {
        if rank < before + count as usize {
            return (bin, rank - before);
        }
        before += count as usize;
    }
    unreachable!("ranks are below the number of samples")
}

/// A whole number in the order of the samples.
fn ordered(sample: f32) -> u32 {
    let bits = sample.to_bits();
    if bits >> 31 == 0 { bits | 1 << 31 } else { !bits }
}

/// The other way.
fn number(ordered: u32) -> f32 {
    f32::from_bits(if ordered >> 31 == 1 { ordered & !(1 << 31) } else { !ordered })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sorts, and takes the place in between.
    fn plain(mut samples: Vec<f32>, share: f64) -> f32 {
        samples.sort_by(f32::total_cmp);
        let at = share * (samples.len() - 1) as f64;
        let (low, high) = (f64::from(samples[at.floor() as usize]), f64::from(samples[at.ceil() as usize]));
        (low + (high - low) * at.fract()) as f32
    }

    proptest! {
        #[test]
        fn selected_and_sorted_quantiles_agree(
            samples in prop::collection::vec(prop_oneof![0.0_f32..=1.0, Just(0.5), -2.0_f32..2.0], 12..400),
            low in 0.0_f64..=1.0, high in 0.0_f64..=1.0, channels in 1_usize..=5, one in any::<prop::sample::Index>(),
        ) {
            let width = samples.len() / channels;
            let samples = &samples[..width * channels];
            let image = ImageView::new(samples, width, 1, channels).expect("whole pixels");
            let one = one.index(channels);
            let colors = |channel: usize| channel < 3;
            let only = |channel: usize| channel == one;
            for picked in [&colors as &(dyn Fn(usize) -> bool + Sync), &only] {
                let kept = samples.iter().enumerate().filter(|(i, _)| picked(i % channels));
                let kept: Vec<f32> = kept.map(|(_, &sample)| sample).collect();
                let fast = quantiles(image, picked, [low, high]).expect("samples");
                prop_assert_eq!(fast, [plain(kept.clone(), low), plain(kept, high)]);
            }
            for (channel, range) in ranges(image).into_iter().enumerate() {
                let of: Vec<f32> = samples.iter().skip(channel).step_by(channels).copied().collect();
                prop_assert_eq!(range, [plain(of.clone(), 0.0), plain(of, 1.0)]);
            }
        }
    }

    #[test]
    fn large_images_are_shared_among_threads() {
        let image = Image::from_rows(1000, 700, 3, |y, row| {
            row.iter_mut().enumerate().for_each(|(x, sample)| *sample = ((x * 31 + y * 17) % 1009) as f32 / 1009.0);
        });
        let fast = quantiles(image.view(), |_| true, [0.05, 0.95]).expect("samples");
        let all = image.view().samples().to_vec();
        assert_eq!(fast, [plain(all.clone(), 0.05), plain(all, 0.95)]);
        assert_eq!(ranges(image.view()).len(), 3);
    }
}
