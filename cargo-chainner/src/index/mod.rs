//! Package indexes as pip and uv read them: pages of projects, each with its files, their addresses and their hashes.
//!
//! | file | noun | document it follows |
//! |---|---|---|
//! | `page.rs` | the page of a project, the list of projects | PEP 503, 691, 592, 629, 658, 700, 714 |
//! | `html.rs` | pages in HTML | the same, WHATWG HTML |
//! | `directory.rs` | an index of plain files, which any web server serves | – |
//! | `network.rs` | an index behind HTTP | PEP 691 (content negotiation) |

mod directory;
mod html;
mod network;
mod page;

pub(crate) use directory::{Addition, Directory, Standing};
pub(crate) use html::decoded;
pub(crate) use network::Network;
pub(crate) use page::{CoreMetadata, File, Page, Projects};

use sha2::{Digest as _, Sha256};

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
