/**
 * What every rival must hold before it is measured: {@link
 * io.lanewise.rivals.contract.RivalContract}, a test class to extend.
 */
package io.lanewise.rivals.contract;
