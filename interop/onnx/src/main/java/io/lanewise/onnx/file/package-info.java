/**
 * ONNX files, to and from the records of {@link io.lanewise.onnx.model}. Files are hostile until
 * checked: every length is compared with what is there before memory is taken, and an error says
 * where.
 */
package io.lanewise.onnx.file;
