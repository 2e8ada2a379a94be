//! What the sensor sees. Here events are invented; a real sensor has hooks into its operating system in this place.

use channel_file::Error;
use channel_file::interpreter::Event;

use crate::types::{PipeCreated, ProcessCreation};

/// Something that happened, as the typed inputs of its template type.
#[expect(clippy::large_enum_variant, reason = "they are few, and made by the compiler, which has no boxes")]
pub(crate) enum Observed {
    Pipe(PipeCreated<'static>),
    Process(ProcessCreation<'static>),
}

impl Observed {
    /// Passes the event on. Its values live on the stack: nothing is allocated for an event.
    ///
    /// # Errors
    ///
    /// None for typed inputs: they have one value of the right kind for each field. Events from values that were put together
    /// by hand go through `Event::new`, which counts them.
    pub(crate) fn pass_on<T>(&self, to: impl FnOnce(&Event<'_>) -> T) -> Result<T, Error> {
        Ok(match self {
            Self::Pipe(inputs) => to(&Event::of::<PipeCreated<'_>>(&inputs.values())?),
            Self::Process(inputs) => to(&Event::of::<ProcessCreation<'_>>(&inputs.values())?),
        })
    }
}

/// A few events, some of which content has something to say about. What the source does not tell is absent, which is another
/// thing than empty.
pub(crate) const EVENTS: &[Observed] = &[
    pipe(br"\opal-7f21", Some(br"C:\Temp\o.exe")),
    pipe(br"\opal-7f22", Some(br"C:\Program Files\Opal\service.exe")),
    pipe(br"\opal-7\1.session", None),
    pipe(br"\srvsvc", Some(b"System")),
    // Not UTF-8: values are bytes as the operating system gave them.
    pipe(b"\\opal-\xFF", Some(b"System")),
    process(br"C:\Temp\pumice.exe", br"pumice.exe /HUSH", br"C:\Windows\explorer.exe"),
    process(br"C:\Temp\gneiss.exe", b"gneiss.exe", br"c:\temp\GNEISS.exe"),
    process(br"C:\Windows\notepad.exe", b"notepad.exe list.txt", br"C:\Windows\explorer.exe"),
    process(br"C:\Temp\quartz-helper.exe", b"quartz-helper.exe", br"C:\Temp\quartz.exe"),
];

const fn pipe(pipe_name: &'static [u8], image: Option<&'static [u8]>) -> Observed {
    // Without one of the eight fields this does not compile, and so with each of the 23 below.
    Observed::Pipe(PipeCreated {
        rule_name: None,
        event_type: Some(b"CreatePipe"),
        utc_time: Some(b"2024-07-19 04:09:00.000"),
        process_guid: None,
        process_id: Some(b"4412"),
        pipe_name: Some(pipe_name),
        image,
        user: None,
    })
}

const fn process(image: &'static [u8], command_line: &'static [u8], parent_image: &'static [u8]) -> Observed {
    Observed::Process(ProcessCreation {
        rule_name: None,
        utc_time: Some(b"2024-07-19 04:09:00.000"),
        process_guid: None,
        process_id: Some(b"4412"),
        image: Some(image),
        file_version: None,
        description: None,
        product: None,
        company: None,
        original_file_name: None,
        command_line: Some(command_line),
        current_directory: None,
        user: Some(br"LAB\sam"),
        logon_guid: None,
        logon_id: None,
        terminal_session_id: Some(b"1"),
        integrity_level: Some(b"Medium"),
        hashes: None,
        parent_process_guid: None,
        parent_process_id: None,
        parent_image: Some(parent_image),
        parent_command_line: None,
        parent_user: None,
    })
}
