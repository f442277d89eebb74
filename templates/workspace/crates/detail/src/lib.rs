//! {{title}} Detail: nodes for chaiNNer.

use chainner_sdk::prelude::*;

use {{module}}_kernels::blur;

package! {
    name: "{{title}} Detail",
    description: "Brings out the detail of an image.",
    icon: "MdDetails",
    color: "#2F855A",
    categories: [CATEGORY],
}

const CATEGORY: Category =
    Category::new("{{title}} Detail", "Brings out the detail of an image.").icon("MdDetails");
const DETAIL: Group = CATEGORY.group("Detail");

/// Sharpens along the rows: adds what a small blur takes away.
#[node(id = "{{module}}_detail:detail:sharpen", group = DETAIL)]
#[output(same_as = image)]
pub fn sharpen(
    #[input(channels = [1, 3])] image: ImageView<'_>,
    /// How much is added.
    #[input(default = 100.0, range = 0.0..=500.0, unit = "%", slider)]
    amount: f32,
) -> Image {
    image.map_rows(|y, row| {
        let from = image.row(y);
        blur::row(from, row, image.channels());
        for (to, from) in row.iter_mut().zip(from) {
            *to = from + (from - *to) * amount / 100.0;
        }
    })
}
