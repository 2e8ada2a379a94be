//! The ways into a channel file.
//!
//! Where a root takes a [`ChannelFile`] rather than bytes, it may be any: its accessors do not lean on what opening found.

use channel_file::template::{SensorTypes, TypeKey};
use channel_file::view::{ExampleView, InstanceView, RuleView, ShapeView, TypeView, Views};
use channel_file::{ChannelFile, Error, Explanation, Header, Limits, SectionKind};

super::roots! {
    fn root_open<'a>(bytes: &'a [u8]) -> Result<ChannelFile<'a>, Error> {
        ChannelFile::open(bytes)
    }

    fn root_open_with<'a>(bytes: &'a [u8], limits: &Limits) -> Result<ChannelFile<'a>, Error> {
        ChannelFile::open_with(bytes, limits)
    }

    fn root_peek(bytes: &[u8]) -> Result<Header, Error> {
        ChannelFile::peek(bytes)
    }

    fn root_header_peek(bytes: &[u8]) -> Result<Header, Error> {
        Header::peek(bytes)
    }

    fn root_header(header: &Header) -> (u32, u64, u64, (u16, u16)) {
        (header.channel(), header.content_version(), header.length(), header.format_version())
    }

    fn root_file<'a>(file: &ChannelFile<'a>) -> (Header, u32, u64, &'a [u8]) {
        (*file.header(), file.channel(), file.content_version(), file.bytes())
    }

    fn root_file_sections<'a>(file: &ChannelFile<'a>, each: &mut dyn FnMut((SectionKind, u64, &'a [u8]))) {
        file.sections().for_each(each)
    }

    fn root_file_types<'a>(file: &'a ChannelFile<'a>) -> Views<'a, TypeView<'a>> {
        file.types()
    }

    fn root_file_template_type<'a>(file: &'a ChannelFile<'a>, key: TypeKey) -> Option<TypeView<'a>> {
        file.template_type(key)
    }

    fn root_file_shapes<'a>(file: &'a ChannelFile<'a>) -> Views<'a, ShapeView<'a>> {
        file.shapes()
    }

    fn root_file_instances<'a>(file: &'a ChannelFile<'a>) -> Views<'a, InstanceView<'a>> {
        file.instances()
    }

    fn root_file_instance<'a>(file: &'a ChannelFile<'a>, id: u32) -> Option<InstanceView<'a>> {
        file.instance(id)
    }

    fn root_file_rules<'a>(file: &'a ChannelFile<'a>) -> Views<'a, RuleView<'a>> {
        file.rules()
    }

    fn root_file_rule<'a>(file: &'a ChannelFile<'a>, id: &str) -> Option<RuleView<'a>> {
        file.rule(id)
    }

    fn root_file_examples<'a>(file: &'a ChannelFile<'a>) -> Views<'a, ExampleView<'a>> {
        file.examples()
    }

    fn root_bind(file: &ChannelFile<'_>, sensor: &SensorTypes<'_>) -> Result<(), Error> {
        file.bind(sensor)
    }

    fn root_explain<'a>(error: Error, bytes: &'a [u8]) -> Explanation<'a> {
        ChannelFile::explain(error, bytes)
    }
}
