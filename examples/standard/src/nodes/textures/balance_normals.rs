//! Level on the whole.

use chainner_sdk::{parallel, prelude::*};

use crate::{categories::textures::NORMAL_MAP, kernels::normals};

/// Makes the surface of a normal map level on the whole: the mean of all directions is straight up. Only red and green are read.
#[node(id = "chainner_native:image:balance_normals", group = NORMAL_MAP, icon = "MdExpand")]
#[output(label = "Normal Map", navi = Image { width: normal_map.width, height: normal_map.height }, channels = 3)]
pub fn balance_normals(#[input(channels = [3, 4])] normal_map: ImageView<'_>) -> Image {
    let of_row = |y: usize| match normal_map.channels() {
        3 => normals::sums::<3>(normal_map.row(y)),
        _ => normals::sums::<4>(normal_map.row(y)),
    };
    // Sums of rows are kept apart, so that the result does not depend on who is ready first.
    let sums = parallel::map(normal_map.height(), of_row);
    let count = (normal_map.width() * normal_map.height()) as f64;
    let [lean_x, lean_y] = [0, 1].map(|axis| (sums.iter().map(|sums| sums[axis]).sum::<f64>() / count) as f32);
    super::map(normal_map, move |pixel| {
        let [x, y, _] = normals::decode(&pixel);
        normals::encode(normals::facing(x - lean_x, y - lean_y))
    })
}
