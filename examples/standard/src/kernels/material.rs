//! Metalness and gloss.
//!
//! The relation of the two ways to describe a surface after W. McDermott, *The PBR Guide* (Allegorithmic, 2018): what is no metal reflects
//! little and without colour, what is metal reflects its colour and has no other.

/// What a surface that is no metal reflects: 4 % of the light, as sRGB.
pub const DIELECTRIC: f32 = 0.22;

/// The colour of a sample of a surface that is so much of metal, without what it reflects.
#[inline(always)]
pub fn to_diffuse(albedo: f32, metal: f32) -> f32 {
    albedo * (1.0 - metal)
}

/// What a sample of a surface reflects that is so much of metal.
#[inline(always)]
pub fn to_specular(albedo: f32, metal: f32) -> f32 {
    DIELECTRIC * (1.0 - metal) + albedo * metal
}

/// How much of metal a surface is whose strongest reflection is this: none up to `least`, all from `most` on.
#[inline(always)]
pub fn metalness(reflection: f32, [least, most]: [f32; 2]) -> f32 {
    ((reflection - least) / (most - least).max(1e-6)).clamp(0.0, 1.0)
}

/// The colour of a sample of a surface that is so much of metal.
#[inline(always)]
pub fn to_albedo(diffuse: f32, specular: f32, metal: f32) -> f32 {
    diffuse * (1.0 - metal) + specular * metal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metal_keeps_its_colour_both_ways() {
        for albedo in [0.3, 0.6, 0.9] {
            let both = |metal: f32| [to_diffuse(albedo, metal), to_specular(albedo, metal)];
            assert_eq!(both(0.0), [albedo, DIELECTRIC]);
            let [diffuse, specular] = both(1.0);
            assert_eq!([diffuse, specular], [0.0, albedo]);
            let metal = metalness(specular, [0.23, 0.3]);
            assert_eq!(metal, 1.0);
            assert_eq!(to_albedo(diffuse, specular, metal), albedo);
            assert_eq!(to_albedo(albedo, DIELECTRIC, metalness(DIELECTRIC, [0.23, 0.3])), albedo);
        }
        assert!((metalness(0.265, [0.23, 0.3]) - 0.5).abs() < 1e-5);
    }
}
