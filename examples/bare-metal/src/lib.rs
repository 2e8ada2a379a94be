//! A device without operating system, standard library and allocator decides whether to take an update.
//!
//! It does not match events: the interpreter needs an allocator. It does what has to be done before content may be stored or
//! passed on to whoever matches: every byte is checked, and the file's types are held against the device's.
#![no_std]

// A staticlib is a program's root: it has this handler, which `std` would double, and no allocator, which `alloc` would ask
// for. So it builds only as long as neither is linked. The library never gets here.
#[cfg(not(test))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}

use channel_file::template::{Disposition, SensorType, SensorTypes};
use channel_file::{ChannelFile, Error, Limits};

channel_file::template_type! {
    /// A named pipe was created or connected to.
    pub struct PipeCreated = "pipe_created", id 17, version 1 {
        rule_name: text = "RuleName",
        event_type: text = "EventType",
        utc_time: text = "UtcTime",
        process_guid: text = "ProcessGuid",
        process_id: text = "ProcessId",
        pipe_name: text = "PipeName",
        image: text = "Image",
        user: text = "User",
    }
}

/// What the device supplies; in read-only memory.
pub static SENSOR: SensorTypes<'static> = SensorTypes::new(const { &[SensorType::of::<PipeCreated<'static>>()] });

/// What an accepted file asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The numbered stream that the file belongs to.
    pub channel: u32,
    /// Which in the stream it is.
    pub content_version: u64,
    /// Instances that only observe.
    pub observing: u32,
    /// Instances that raise an alert.
    pub detecting: u32,
    /// Instances that raise an alert and stop what was seen.
    pub preventing: u32,
    /// Patterns of all instances.
    pub patterns: u32,
}

/// Whether the device accepts an update: its bytes are a channel file, whole and within the limits for small devices, and every
/// instance in it is written against a type that the device supplies.
///
/// Takes time linear in the number of bytes, and no memory but its stack.
///
/// # Errors
///
/// What is wrong, with a stable code. The file in store is still as good as it was.
pub fn accepts(bytes: &[u8], sensor: &SensorTypes<'_>) -> Result<Summary, Error> {
    let file = ChannelFile::open_with(bytes, &Limits::EMBEDDED)?;
    file.bind(sensor)?;
    let mut summary = Summary {
        channel: file.channel(),
        content_version: file.content_version(),
        observing: 0,
        detecting: 0,
        preventing: 0,
        patterns: 0,
    };
    for instance in file.instances() {
        increase(match instance.disposition() {
            Disposition::Observe => &mut summary.observing,
            Disposition::Detect => &mut summary.detecting,
            Disposition::Prevent => &mut summary.preventing,
        });
        for criterion in instance.criteria() {
            criterion.patterns().for_each(|_| increase(&mut summary.patterns));
        }
    }
    Ok(summary)
}

fn increase(count: &mut u32) {
    *count = count.saturating_add(1);
}

#[cfg(test)]
mod tests {
    use channel_file::ErrorCode;

    use super::*;

    const PIPES: &[u8] = include_bytes!("../../sensor/content/pipes-1.chan");
    const PROCESSES: &[u8] = include_bytes!("../../sensor/content/processes.chan");

    #[test]
    fn content_on_its_types_is_accepted() {
        let expected =
            Summary { channel: 292, content_version: 1, observing: 0, detecting: 1, preventing: 1, patterns: 3 };
        assert_eq!(accepts(PIPES, &SENSOR), Ok(expected));
    }

    #[test]
    fn everything_else_is_refused() {
        let code = |bytes: &[u8]| accepts(bytes, &SENSOR).map_err(|error| error.code());
        assert_eq!(code(PROCESSES), Err(ErrorCode::SensorLacksType));
        assert_eq!(code(&[0; 512]), Err(ErrorCode::AllZero));
        for length in 0..PIPES.len() {
            assert!(code(PIPES.get(..length).unwrap_or_default()).is_err(), "{length} bytes");
        }
        let counts_one_input_less = [SensorType::supplying(PipeCreated::TYPE, 7)];
        let refused = accepts(PIPES, &SensorTypes::new(&counts_one_input_less)).map_err(|error| error.code());
        assert_eq!(refused, Err(ErrorCode::SensorInputs));
    }
}
