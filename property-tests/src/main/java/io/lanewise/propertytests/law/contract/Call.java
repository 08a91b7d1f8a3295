package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One run of an operation with its arguments in the open: what it reads, writes and adds to, and
 * which may lie in the same memory. A run can then be repeated with its arguments anywhere.
 */
final class Call {
  /** What a run does with an argument. */
  enum Role {
    READ,
    WRITTEN,
    ADDED
  }

  /**
   * An argument.
   *
   * @param value what is read or added to; of what is written, shape and layout count alone
   * @param bound what an output may be off by
   */
  record Argument(String name, Role role, Tensor value, Bound bound) {
    boolean isOutput() {
      return role != Role.READ;
    }
  }

  /** Two arguments, by number. */
  record Pair(int first, int second) {}

  /** Takes the arguments; what it returns may run any number of times. */
  interface Binding {
    Run bind(Tensor[] arguments);
  }

  /** The operation on arguments that are fixed. */
  interface Run {
    void run(Workspace ws, Parallel par);
  }

  private final String what;
  private final WorkspaceSpec workspace;
  private final Binding binding;
  private final List<Argument> arguments = new ArrayList<>();
  private final List<Pair> apart = new ArrayList<>();
  private final List<Pair> same = new ArrayList<>();
  private int[] numbers = {};
  private boolean writesNumbers;
  private boolean isRounded;
  private boolean takesAnyShape;

  /**
   * Starts a description.
   *
   * @param what pass and algorithm, for messages
   */
  Call(String what, WorkspaceSpec workspace, Binding binding) {
    this.what = what;
    this.workspace = workspace;
    this.binding = binding;
  }

  Call reads(String name, Tensor value) {
    arguments.add(new Argument(name, Role.READ, value, Bound.EXACT));
    return this;
  }

  Call writes(String name, Shape shape) {
    return writes(name, Tensor.zeros(shape), Bound.EXACT);
  }

  /** Writes a tensor of the shape and layout of {@code like}, within a bound of the reference. */
  Call writes(String name, Tensor like, Bound bound) {
    arguments.add(
        new Argument(name, Role.WRITTEN, Tensor.zeros(like.shape(), like.layout()), bound));
    return this;
  }

  Call addsTo(String name, Tensor start) {
    return addsTo(name, start, Bound.EXACT);
  }

  /** Adds, within a bound of what the reference adds. */
  Call addsTo(String name, Tensor start, Bound bound) {
    arguments.add(new Argument(name, Role.ADDED, start, bound));
    return this;
  }

  /**
   * What is added to depends on factors that are rounded, also where the data are whole numbers.
   */
  Call rounds() {
    isRounded = true;
    return this;
  }

  /** Labels or indices that the binding reads. */
  Call readsNumbers(int[] read) {
    numbers = read;
    return this;
  }

  /** Indices that the binding writes. */
  Call writesNumbers(int[] written) {
    numbers = written;
    writesNumbers = true;
    return this;
  }

  /** The output named first may share no elements with the other arguments named. */
  Call apart(String output, String... others) {
    for (String other : others) {
      apart.add(new Pair(index(output), index(other)));
    }
    return this;
  }

  /** The argument named first may be the other itself, but not a part of it. */
  Call maybe(String argument, String other) {
    same.add(new Pair(index(argument), index(other)));
    return this;
  }

  private int index(String name) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).name.equals(name)) {
        return i;
      }
    }
    throw new AssertionError(what + " has no argument " + name);
  }

  String what() {
    return what;
  }

  WorkspaceSpec workspace() {
    return workspace;
  }

  List<Argument> arguments() {
    return arguments;
  }

  List<Pair> apart() {
    return apart;
  }

  List<Pair> same() {
    return same;
  }

  /** No shape of the argument is wrong. */
  Call anyShape() {
    takesAnyShape = true;
    return this;
  }

  boolean takesAnyShape() {
    return takesAnyShape;
  }

  boolean isRounded() {
    return isRounded;
  }

  boolean writesNumbers() {
    return writesNumbers;
  }

  int[] numbers() {
    return numbers;
  }

  Run bind(Tensor[] tensors) {
    return binding.bind(tensors);
  }

  /** Copies of the arguments, what is written filled with {@code fill}. */
  Tensor[] copies(float fill) {
    Tensor[] copies = new Tensor[arguments.size()];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = arguments.get(i).value.copy();
      if (arguments.get(i).role == Role.WRITTEN) {
        copies[i].fill(fill);
      }
    }
    return copies;
  }

  /** A workspace of just what is asked for. */
  Workspace newWorkspace(int workers) {
    return Workspace.allocate(workspace, workers);
  }

  /** A run as plain as can be: fresh arguments that hold NaN where they are written, one thread. */
  Outcome plain() {
    return outcome(copies(Float.NaN), newWorkspace(1), Parallel.SEQUENTIAL);
  }

  /** Runs, and copies the outputs. */
  Outcome outcome(Tensor[] tensors, Workspace ws, Parallel par) {
    return outcome(tensors, ws, par, Integer.MIN_VALUE);
  }

  /** As {@link #outcome}; numbers that are written hold {@code before} first. */
  Outcome outcome(Tensor[] tensors, Workspace ws, Parallel par, int before) {
    if (writesNumbers) {
      Arrays.fill(numbers, before);
    }
    bind(tensors).run(ws, par);
    List<Tensor> outputs = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < tensors.length; i++) {
      if (arguments.get(i).isOutput()) {
        outputs.add(tensors[i].copy());
        names.add(what + " " + arguments.get(i).name);
      }
    }
    return new Outcome(names, outputs, numbers.clone());
  }
}
