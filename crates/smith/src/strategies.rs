//! Generated content for `proptest`. It shrinks as its input does: to fewer instances, and simpler ones.

use proptest::collection::{SizeRange, vec};
use proptest::prelude::{Strategy, any};

use crate::choices::Choices;
use crate::content::Generated;

/// Contents made from so many bytes of choices: 2,000 make a few dozen instances.
///
/// ```
/// use channel_file_smith::generated;
/// use proptest::prelude::*;
///
/// proptest!(|(generated in generated(0..2000))| {
///     let bytes = generated.bytes().expect("smith makes valid files");
///     prop_assert!(channel_file::ChannelFile::open(&bytes).is_ok());
/// });
/// ```
pub fn generated(input: impl Into<SizeRange>) -> impl Strategy<Value = Generated<'static>> {
    vec(any::<u8>(), input)
        .prop_filter_map("smith makes valid content", |input| Generated::new(&mut Choices::of(&input)).ok())
}
