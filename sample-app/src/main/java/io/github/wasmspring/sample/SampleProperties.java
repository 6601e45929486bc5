package io.github.wasmspring.sample;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBodySize larger request bodies are refused
 */
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue("16MB") DataSize maxBodySize) {}
