//! Small pictures drawn by hand, made larger with their lines kept: each pixel becomes a block of pixels, chosen or mixed from those
//! around it by which of them are alike.

mod blocks;
mod diagonals;
pub mod eagle;
pub mod epx;
pub mod hq;
mod pixel;
pub mod sai;
pub mod super_eagle;
pub mod super_sai;
