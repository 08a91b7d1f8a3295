package io.lanewise.kernels.quantised;

/** In what weights are kept, to be widened to float32 when they are used. */
public enum WeightFormat {
  /** 8-bit integers and a scale for each output. */
  INT8,

  /** binary16 of IEEE 754: 5 bits of exponent, 10 of fraction. */
  FLOAT16,

  /** The upper half of a float32: 8 bits of exponent, 7 of fraction. */
  BFLOAT16
}
