package io.lanewise.kernels.quantised;

/** Weights in the private order of the plan that packed them; only that reads them. */
public interface QuantisedWeights {
  /** Plan and order, for messages. */
  String layout();
}
