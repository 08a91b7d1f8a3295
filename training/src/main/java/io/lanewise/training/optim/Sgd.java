package io.lanewise.training.optim;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Parameter;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Stochastic gradient descent with momentum: {@code v = momentum · v + g + weightDecay · w}, then
 * {@code w -= rate · v}, or with Nesterov's momentum {@code w -= rate · (g + weightDecay · w +
 * momentum · v)} (Sutskever, Martens, Dahl, Hinton, On the importance of initialization and
 * momentum in deep learning, 2013, §2; the rate outside of v, as most libraries have it).
 */
public final class Sgd implements Optimizer {
  private final double learningRate;
  private final float momentum;
  private final float weightDecay;
  private final boolean nesterov;
  private final IdentityHashMap<Parameter, float[]> velocities = new IdentityHashMap<>();

  private Sgd(double learningRate, double momentum, double weightDecay, boolean nesterov) {
    Rates.require("learning rate", learningRate, Double.MAX_VALUE);
    Rates.require("momentum", momentum, 1);
    Rates.require("weight decay", weightDecay, Double.MAX_VALUE);
    this.learningRate = learningRate;
    this.momentum = (float) momentum;
    this.weightDecay = (float) weightDecay;
    this.nesterov = nesterov;
  }

  /** Without momentum or decay. */
  public static Sgd withLearningRate(double rate) {
    return new Sgd(rate, 0, 0, false);
  }

  /** A new optimiser with momentum, usually 0.9. */
  public Sgd momentum(double m) {
    return new Sgd(learningRate, m, weightDecay, nesterov);
  }

  /** A new optimiser with Nesterov's momentum. */
  public Sgd nesterov() {
    return new Sgd(learningRate, momentum, weightDecay, true);
  }

  /** A new optimiser that adds {@code decay · w} to the gradient. */
  public Sgd weightDecay(double decay) {
    return new Sgd(learningRate, momentum, decay, nesterov);
  }

  @Override
  public void step(List<Parameter> parameters, double factor) {
    float rate = (float) (learningRate * factor);
    for (Parameter p : parameters) {
      Tensor w = p.value();
      float[] v = velocities.computeIfAbsent(p, k -> new float[w.size()]);
      update(w, p.grad(), v, rate);
    }
  }

  private void update(Tensor weight, Tensor grad, float[] v, float rate) {
    float[] w = weight.array();
    float[] g = grad.array();
    for (int i = 0; i < v.length; i++) {
      int at = weight.offset() + i;
      float slope = g[grad.offset() + i] + weightDecay * w[at];
      v[i] = momentum * v[i] + slope;
      w[at] -= rate * (nesterov ? slope + momentum * v[i] : v[i]);
    }
  }
}
