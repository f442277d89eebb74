//! Seeds of random sequences.

/// Where a random sequence starts. The app draws it with a button that rolls a new one.
///
/// Seeds beyond 64 bits, which the host allows, arrive folded into them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Seed(pub i64);

impl Seed {
    /// A well-mixed 64-bit number: neighbouring seeds give unrelated ones.
    ///
    /// The finaliser of SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, OOPSLA 2014).
    pub const fn mixed(self) -> u64 {
        let mut z = (self.0 as u64).wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::Seed;

    #[test]
    fn mixing_follows_the_published_sequence() {
        // First output of SplitMix64 seeded with 0 and with 1.
        assert_eq!(Seed(0).mixed(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(Seed(1).mixed(), 0x910A_2DEC_8902_5CC1);
    }
}
