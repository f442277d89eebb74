//! What the nodes compute with. Knows nothing of nodes and images, so it can be tested and measured by itself.

pub mod blur;
pub mod levels;
