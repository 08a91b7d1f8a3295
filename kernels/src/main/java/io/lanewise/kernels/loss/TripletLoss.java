package io.lanewise.kernels.loss;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link Losses#tripletMargin}, for one shape. Immutable; share it between threads. */
public interface TripletLoss {
  /** Added to each difference, so that no distance is 0. */
  float APART = 1e-6f;

  /** Of the three inputs: [n][d]. */
  Shape shape();

  /** Of loss and dloss: [n], or [] if the terms are reduced. */
  Shape lossShape();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Computes the loss.
   *
   * @param anchor {@link #shape()}, read
   * @param positive {@link #shape()}, read
   * @param negative {@link #shape()}, read
   * @param loss {@link #lossShape()}, written; may not share elements with what is read
   */
  void forward(
      Tensor anchor, Tensor positive, Tensor negative, Tensor loss, Workspace ws, Parallel par);

  /**
   * Computes {@code danchor = Σ dloss · ∂loss/∂anchor}, and the others.
   *
   * @param anchor {@link #shape()}, read
   * @param positive {@link #shape()}, read
   * @param negative {@link #shape()}, read
   * @param dloss {@link #lossShape()}, read
   * @param danchor {@link #shape()}, written; may not share elements with any other
   * @param dpositive {@link #shape()}, written; may not share elements with any other
   * @param dnegative {@link #shape()}, written; may not share elements with any other
   */
  void backward(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      Tensor dloss,
      Tensor danchor,
      Tensor dpositive,
      Tensor dnegative,
      Workspace ws,
      Parallel par);

  /** Checks what {@link #forward} is given, once for all implementations. */
  static void requireForward(
      TripletLoss plan, Tensor anchor, Tensor positive, Tensor negative, Tensor loss) {
    requireShape(anchor, plan.shape(), "anchor");
    requireShape(positive, plan.shape(), "positive");
    requireShape(negative, plan.shape(), "negative");
    requireShape(loss, plan.lossShape(), "loss");
    requireDisjoint(loss, "loss", anchor, "anchor");
    requireDisjoint(loss, "loss", positive, "positive");
    requireDisjoint(loss, "loss", negative, "negative");
  }

  /** Checks that a gradient is apart from what {@link #backward} reads. */
  static void requireGradient(
      TripletLoss plan,
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      Tensor dloss,
      Tensor gradient,
      String name) {
    requireShape(gradient, plan.shape(), name);
    requireDisjoint(gradient, name, anchor, "anchor");
    requireDisjoint(gradient, name, positive, "positive");
    requireDisjoint(gradient, name, negative, "negative");
    requireDisjoint(gradient, name, dloss, "dloss");
  }

  /** Checks what {@link #backward} is given, once for all implementations. */
  static void requireBackward(
      TripletLoss plan,
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      Tensor dloss,
      Tensor danchor,
      Tensor dpositive,
      Tensor dnegative) {
    requireShape(anchor, plan.shape(), "anchor");
    requireShape(positive, plan.shape(), "positive");
    requireShape(negative, plan.shape(), "negative");
    requireShape(dloss, plan.lossShape(), "dloss");
    requireGradient(plan, anchor, positive, negative, dloss, danchor, "danchor");
    requireGradient(plan, anchor, positive, negative, dloss, dpositive, "dpositive");
    requireGradient(plan, anchor, positive, negative, dloss, dnegative, "dnegative");
    requireDisjoint(dpositive, "dpositive", danchor, "danchor");
    requireDisjoint(dnegative, "dnegative", danchor, "danchor");
    requireDisjoint(dnegative, "dnegative", dpositive, "dpositive");
  }
}
