/** What an ONNX file says, as immutable records; nothing is checked beyond its form. */
package io.lanewise.onnx.model;
