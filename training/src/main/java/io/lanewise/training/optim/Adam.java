package io.lanewise.training.optim;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Parameter;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Adam (Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 1): steps along
 * the gradient's running mean over the root of its running square, both freed from their start at
 * 0. Weight decay, if any, is added to the gradient.
 */
public final class Adam implements Optimizer {
  private final double learningRate;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double weightDecay;
  private final IdentityHashMap<Parameter, Moments> moments = new IdentityHashMap<>();

  private Adam(
      double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
    Rates.require("learning rate", learningRate, Double.MAX_VALUE);
    Rates.require("beta1", beta1, Math.nextDown(1.0));
    Rates.require("beta2", beta2, Math.nextDown(1.0));
    Rates.require("epsilon", epsilon, Double.MAX_VALUE);
    Rates.require("weight decay", weightDecay, Double.MAX_VALUE);
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
  }

  /** With the paper's beta1 0.9, beta2 0.999, epsilon 1e-8. */
  public static Adam withLearningRate(double rate) {
    return new Adam(rate, 0.9, 0.999, 1e-8, 0);
  }

  /** A new optimiser with other decay rates of the means. */
  public Adam betas(double first, double second) {
    return new Adam(learningRate, first, second, epsilon, weightDecay);
  }

  /** A new optimiser with another epsilon. */
  public Adam epsilon(double e) {
    return new Adam(learningRate, beta1, beta2, e, weightDecay);
  }

  /** A new optimiser that adds {@code decay · w} to the gradient. */
  public Adam weightDecay(double decay) {
    return new Adam(learningRate, beta1, beta2, epsilon, decay);
  }

  private static final class Moments {
    final float[] first;
    final float[] second;
    long steps;

    Moments(int size) {
      first = new float[size];
      second = new float[size];
    }
  }

  @Override
  public void step(List<Parameter> parameters, double factor) {
    for (Parameter p : parameters) {
      Moments m = moments.computeIfAbsent(p, k -> new Moments(k.value().size()));
      m.steps++;
      // StrictMath: the library's pow may differ in its last bit from machine to machine.
      double free1 = 1 - StrictMath.pow(beta1, (double) m.steps);
      double free2 = 1 - StrictMath.pow(beta2, (double) m.steps);
      float rate = (float) (learningRate * factor / free1);
      float root = (float) (1 / StrictMath.sqrt(free2));
      update(p.value(), p.grad(), m, rate, root);
    }
  }

  private void update(Tensor weight, Tensor grad, Moments moments, float rate, float root) {
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float rest1 = (float) (1 - beta1);
    float rest2 = (float) (1 - beta2);
    float eps = (float) epsilon;
    float decay = (float) weightDecay;
    float[] w = weight.array();
    float[] g = grad.array();
    float[] m = moments.first;
    float[] v = moments.second;
    int wOff = weight.offset();
    int gOff = grad.offset();
    for (int i = 0; i < m.length; i++) {
      float slope = g[gOff + i] + decay * w[wOff + i];
      m[i] = b1 * m[i] + rest1 * slope;
      v[i] = b2 * v[i] + rest2 * slope * slope;
      w[wOff + i] -= rate * m[i] / ((float) Math.sqrt(v[i]) * root + eps);
    }
  }
}
