//! Random numbers as numpy's `default_rng(seed)` gives them, so that a seed means the same noise as in the app.
//!
//! The generator is PCG64: M. E. O'Neill, *PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
//! Generation* (2014), the variant XSL-RR 128/64. Its state comes from the seed through the entropy pool of M. E. O'Neill, *Developing a
//! seed_seq Alternative* (2015), four words wide.

use rand_pcg::{Pcg64, rand_core::Rng};

/// numpy's `default_rng`.
#[derive(Debug, Clone)]
pub struct Generator {
    bits: Pcg64,
    /// The upper half of a word whose lower half was given out as 32 bits.
    half: Option<u32>,
}

impl Generator {
    /// The generator of a seed.
    pub fn new(seed: u64) -> Self {
        let [state_high, state_low, stream_high, stream_low] = Pool::new(seed).words();
        let join = |high: u64, low: u64| u128::from(high) << 64 | u128::from(low);
        Self { bits: Pcg64::new(join(state_high, state_low), join(stream_high, stream_low)), half: None }
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.bits.next_u64()
    }

    /// 32 random bits: the lower half of a word, then its upper half.
    pub fn half_bits(&mut self) -> u32 {
        if let Some(half) = self.half.take() {
            return half;
        }
        let bits = self.bits();
        self.half = Some((bits >> 32) as u32);
        bits as u32
    }

    /// A number of 0..1, 1 excluded.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// A number of 0..=`max`, by rejection of what a mask leaves too large.
    pub fn up_to(&mut self, max: u32) -> u32 {
        let mask = u32::MAX.checked_shr(max.leading_zeros()).unwrap_or(0);
        loop {
            let number = self.half_bits() & mask;
            if number <= max {
                return number;
            }
        }
    }

    /// The numbers 0..`len` in random order (Fisher and Yates, from the end).
    pub fn permutation(&mut self, len: u32) -> Vec<u32> {
        let mut order: Vec<u32> = (0..len).collect();
        for i in (1..len).rev() {
            order.swap(i as usize, self.up_to(i) as usize);
        }
        order
    }
}

/// The entropy of a seed, stirred until each of its bits matters for each bit of the pool.
struct Pool([u32; 4]);

impl Pool {
    fn new(seed: u64) -> Self {
        let mut hash = Hash { constant: 0x43b0_d7e5, multiplier: 0x931e_8875 };
        let entropy = [seed as u32, (seed >> 32) as u32, 0, 0];
        let mut pool = entropy.map(|word| hash.of(word));
        for source in 0..4 {
            for to in (0..4).filter(|&to| to != source) {
                let stirred = hash.of(pool[source]);
                pool[to] = mix(pool[to], stirred);
            }
        }
        Self(pool)
    }

    fn words(&self) -> [u64; 4] {
        let mut hash = Hash { constant: 0x8b51_f9dd, multiplier: 0x58f3_8ded };
        let mut halves = self.0.iter().cycle().map(|&word| u64::from(hash.of(word)));
        [(); 4].map(|()| {
            let low = halves.next().unwrap_or_default();
            halves.next().unwrap_or_default() << 32 | low
        })
    }
}

/// A multiplicative hash whose constant moves on with each word.
struct Hash {
    constant: u32,
    multiplier: u32,
}

impl Hash {
    fn of(&mut self, word: u32) -> u32 {
        let word = word ^ self.constant;
        self.constant = self.constant.wrapping_mul(self.multiplier);
        let word = word.wrapping_mul(self.constant);
        word ^ word >> 16
    }
}

fn mix(x: u32, y: u32) -> u32 {
    let mixed = x.wrapping_mul(0xca01_f9dd).wrapping_sub(y.wrapping_mul(0x4973_f715));
    mixed ^ mixed >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_numpys() {
        // numpy.random.default_rng(seed).random(3)
        let mut generator = Generator::new(5);
        assert_eq!([(); 3].map(|()| generator.unit()), [0.8050029237453802, 0.8079407897364937, 0.515325561042142]);
        let mut generator = Generator::new((1 << 40) + 7);
        assert_eq!([(); 3].map(|()| generator.unit()), [0.829812891829413, 0.25530515834910417, 0.15379071585298754]);
    }

    #[test]
    fn permutations_are_numpys() {
        // numpy.random.default_rng(5).permutation(10)
        assert_eq!(Generator::new(5).permutation(10), [7, 6, 1, 3, 2, 4, 0, 9, 5, 8]);
    }

    #[test]
    fn bounds_are_kept() {
        let mut generator = Generator::new(1);
        assert_eq!(generator.up_to(0), 0);
        assert!((0..1000).all(|_| generator.up_to(5) <= 5));
        assert!((0..1000).map(|_| generator.up_to(5)).any(|number| number == 5));
    }
}
