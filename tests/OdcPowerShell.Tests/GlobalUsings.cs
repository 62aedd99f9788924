global using OdcPowerShell.Bases;
global using OdcPowerShell.Binding;
global using OdcPowerShell.Emulator;
global using OdcPowerShell.Operations;
global using OdcPowerShell.Output;
global using OdcPowerShell.Tests.Hosting;
global using Xunit;
