global using OdcPowerShell.Emulator;
global using OdcPowerShell.Operations;
global using OdcPowerShell.Tests.Hosting;
global using Xunit;
