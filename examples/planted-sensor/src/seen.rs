//! What the sensor sees of a process and a pipe.

use channel_file::template::Value;

/// One use of a named pipe; what is not known is absent.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the names say it all")]
pub struct Seen<'a> {
    pub pipe_name: Value<'a>,
    pub operation: Value<'a>,
    pub image: Value<'a>,
    pub command_line: Value<'a>,
    pub process_id: Value<'a>,
    pub thread_id: Value<'a>,
    pub parent_image: Value<'a>,
    pub parent_command_line: Value<'a>,
    pub user: Value<'a>,
    pub integrity_level: Value<'a>,
    pub session: Value<'a>,
    pub peer_image: Value<'a>,
    pub peer_process_id: Value<'a>,
    pub peer_user: Value<'a>,
    pub peer_host: Value<'a>,
    pub access_mask: Value<'a>,
    pub open_mode: Value<'a>,
    pub pipe_mode: Value<'a>,
    pub instance_limit: Value<'a>,
    pub security_descriptor: Value<'a>,
    pub caller_module: Value<'a>,
}
