/** Tensors of other element types than float32: indices, masks, shapes, bytes, doubles, text. */
package io.lanewise.layers.typed;
