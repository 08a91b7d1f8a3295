/**
 * Weights files in the safetensors format, read with every bound checked before memory is taken,
 * written so that a failure leaves the old file as it was. Start at {@link
 * io.lanewise.layers.weights.Safetensors}.
 */
package io.lanewise.layers.weights;
