package io.lanewise.onnx.lower;

import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Functions of each element, of one tensor or several. */
final class ArithmeticLowerings {
  /** The format's numbers of element types: TensorProto.DataType of onnx.proto. */
  private static final int FLOAT = 1;

  private static final int BOOL = 9;

  private ArithmeticLowerings() {}

  static void addTo(Lowerings.Builder table) {
    binary(table, "Add", BinaryOp.ADD);
    binary(table, "Sub", BinaryOp.SUB);
    binary(table, "Mul", BinaryOp.MUL);
    binary(table, "Div", BinaryOp.DIV);
    comparison(table, "Equal", BinaryOp.EQUAL);
    comparison(table, "Less", BinaryOp.LESS);
    comparison(table, "LessOrEqual", BinaryOp.LESS_OR_EQUAL);
    comparison(table, "Greater", BinaryOp.GREATER);
    comparison(table, "GreaterOrEqual", BinaryOp.GREATER_OR_EQUAL);
    unary(table, "Abs", UnaryOp.ABS);
    unary(table, "Neg", UnaryOp.NEG);
    unary(table, "Sign", UnaryOp.SIGN);
    unary(table, "Sqrt", UnaryOp.SQRT);
    unary(table, "Reciprocal", UnaryOp.RECIPROCAL);
    unary(table, "Exp", UnaryOp.EXP);
    unary(table, "Log", UnaryOp.LOG);
    unary(table, "Sin", UnaryOp.SIN);
    unary(table, "Cos", UnaryOp.COS);
    unary(table, "Erf", UnaryOp.ERF);
    unary(table, "Floor", UnaryOp.FLOOR);
    unary(table, "Ceil", UnaryOp.CEIL);
    unary(table, "Round", UnaryOp.ROUND);
    table.floats("Max", call -> chain(call, BinaryOp.MAX));
    table.floats("Min", call -> chain(call, BinaryOp.MIN));
    table.floats("Sum", call -> chain(call, BinaryOp.ADD));
    table.floats("Mean", ArithmeticLowerings::mean);
    table.floats("Pow", ArithmeticLowerings::pow, 0);
    table.floats("Mod", ArithmeticLowerings::mod);
    table.floats("Where", ArithmeticLowerings::where, 1, 2);
    table.any("Cast", ArithmeticLowerings::cast);
    table.any("Identity", call -> identity(call.input(0)));
    table.any("Dropout", ArithmeticLowerings::dropout);
  }

  private static void binary(Lowerings.Builder table, String opType, BinaryOp op) {
    table.floats(opType, call -> call.only(GraphOps.binary(op), call.input(0), call.input(1)));
  }

  private static void unary(Lowerings.Builder table, String opType, UnaryOp op) {
    table.floats(opType, call -> call.only(GraphOps.unary(op), call.input(0)));
  }

  private static void comparison(Lowerings.Builder table, String opType, BinaryOp op) {
    table.floats(
        opType,
        call -> {
          Value y = call.add(GraphOps.binary(op), call.input(0), call.input(1));
          return call.only(GraphOps.cast(ElementType.BOOL), y);
        });
  }

  private static List<Value> chain(LoweringCall call, BinaryOp op) {
    Value y = call.input(0);
    for (int i = 1; i < call.inputs(); i++) {
      y = call.add(GraphOps.binary(op), y, call.input(i));
    }
    return List.of(y);
  }

  private static List<Value> mean(LoweringCall call) {
    Value sum = chain(call, BinaryOp.ADD).getFirst();
    return call.inputs() == 1
        ? List.of(sum)
        : call.only(GraphOps.binary(BinaryOp.DIV), sum, call.number(call.inputs()));
  }

  /** The base is float32, the exponent of any type; of the frequent ones there is no power. */
  private static List<Value> pow(LoweringCall call) {
    Optional<TypedTensor> exponent = call.constant(1);
    if (exponent.isPresent() && exponent.get().size() == 1 && exponent.get().shape().rank() == 0) {
      double e = exponent.get().doubleAt(0);
      if (e == 2 || e == 1) {
        return e == 1
            ? List.of(call.input(0))
            : call.only(GraphOps.unary(UnaryOp.SQUARE), call.input(0));
      }
      if (e == 0.5) {
        return call.only(GraphOps.unary(UnaryOp.SQRT), call.input(0));
      }
    }
    return call.only(GraphOps.binary(BinaryOp.POW), call.input(0), floats(call, call.input(1)));
  }

  private static Value floats(LoweringCall call, Value v) {
    if (v.type().isFloat()) {
      return v;
    }
    if (!v.isConstant()) {
      return call.add(GraphOps.cast(ElementType.FLOAT), v);
    }
    TypedTensor t = v.typed();
    float[] values = new float[t.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) t.doubleAt(i);
    }
    return call.constant(Tensor.of(t.shape(), values));
  }

  private static List<Value> mod(LoweringCall call) {
    return call.node().intOr("fmod", 0) == 0
        ? LoweringCall.DECLINED
        : call.only(GraphOps.binary(BinaryOp.FMOD), call.input(0), call.input(1));
  }

  private static List<Value> where(LoweringCall call) {
    return call.input(0).type().type() == ElementType.BOOL
        ? call.only(GraphOps.where(), call.input(0), call.input(1), call.input(2))
        : LoweringCall.DECLINED;
  }

  /** From anything but text to float32, and from that to bool; others are the host op's. */
  private static List<Value> cast(LoweringCall call) {
    long to = call.node().intOr("to", 0);
    ElementType from = call.input(0).type().type();
    if (to == FLOAT) {
      return switch (from) {
        case STRING -> LoweringCall.DECLINED;
        case FLOAT -> identity(call.input(0));
        default -> call.only(GraphOps.cast(ElementType.FLOAT), call.input(0));
      };
    }
    return to == BOOL && from == ElementType.FLOAT
        ? call.only(GraphOps.cast(ElementType.BOOL), call.input(0))
        : LoweringCall.DECLINED;
  }

  private static List<Value> identity(Value x) {
    return List.of(x);
  }

  /** In inference the input, and a mask of what is kept: everything. */
  private static List<Value> dropout(LoweringCall call) {
    OnnxNode node = call.node();
    boolean trains =
        call.opset() >= 12
            && call.has(2)
            && !(call.isKnown(2) && !call.constant(2).orElseThrow().booleanAt(0));
    if (trains || (node.hasOutput(1) && call.opset() < 10)) {
      return LoweringCall.DECLINED;
    }
    if (!node.hasOutput(1)) {
      return identity(call.input(0));
    }
    TypedTensor mask = TypedTensor.zeros(ElementType.BOOL, call.shape(0));
    Arrays.fill(mask.bytes(), (byte) 1);
    return List.of(call.input(0), Value.constant(node.outputs().get(1), mask));
  }
}
