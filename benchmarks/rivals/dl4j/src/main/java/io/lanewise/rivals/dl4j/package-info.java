/** ND4J, the arrays and operations under DL4J. */
package io.lanewise.rivals.dl4j;
