use channel_file::template::Value;

channel_file::template_type! {
    struct InterprocessCommunication = "interprocess_communication", id 29, version 1 {
        parameter_1: text = "parameter_1",
        parameter_2: text = "parameter_2",
        parameter_3: text = "parameter_3",
        parameter_4: text = "parameter_4",
        parameter_5: text = "parameter_5",
        parameter_6: text = "parameter_6",
        parameter_7: text = "parameter_7",
        parameter_8: text = "parameter_8",
        parameter_9: text = "parameter_9",
        parameter_10: text = "parameter_10",
        parameter_11: text = "parameter_11",
        parameter_12: text = "parameter_12",
        parameter_13: text = "parameter_13",
        parameter_14: text = "parameter_14",
        parameter_15: text = "parameter_15",
        parameter_16: text = "parameter_16",
        parameter_17: text = "parameter_17",
        parameter_18: text = "parameter_18",
        parameter_19: text = "parameter_19",
        parameter_20: text = "parameter_20",
        parameter_21: text = "parameter_21",
    }
}

fn main() {
    let values = [Value::Absent; 20];
    let _ = InterprocessCommunication::from_values(values);
}
