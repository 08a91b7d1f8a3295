package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.CallFrame;

/** The arguments of a call of {@link ForwardCore#run}, for its tasks. */
abstract class ForwardFrame extends CallFrame {
  float[] x;
  int xOff;
  float[] w;
  float[] bias;
  int biasOff;
  Activation activation;
  float[] r;
  int rOff;
  float[] y;
  int yOff;
  Workspace ws;

  /** Takes them all; {@code noBias} is as many zeros as there are output channels. */
  final void set(
      float[] x,
      int xOff,
      float[] w,
      Epilogue epilogue,
      float[] noBias,
      float[] r,
      int rOff,
      float[] y,
      int yOff,
      Workspace ws) {
    this.x = x;
    this.xOff = xOff;
    this.w = w;
    this.bias = epilogue.bias() == null ? noBias : epilogue.bias().array();
    this.biasOff = epilogue.bias() == null ? 0 : epilogue.bias().offset();
    this.activation = epilogue.activation();
    this.r = r;
    this.rOff = rOff;
    this.y = y;
    this.yOff = yOff;
    this.ws = ws;
  }

  @Override
  protected void clear() {
    x = null;
    w = null;
    bias = null;
    activation = null;
    r = null;
    y = null;
    ws = null;
  }
}
