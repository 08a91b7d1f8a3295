/**
 * Layers with parameters, in the words of PyTorch and Keras. {@link io.lanewise.layers.Layers}
 * makes them, {@link io.lanewise.layers.Sequential} chains them, a {@link
 * io.lanewise.layers.Context} carries backend, threads and memory of a run.
 */
package io.lanewise.layers;
