using System.Security;

namespace OdcPowerShell.Sandbox.Hosting;

/// <summary>Reads a secret from the keyboard, showing a star for each character.</summary>
internal static class SecretReader
{
    /// <returns>The secret, or null after Ctrl+C.</returns>
    public static SecureString? Read(string prompt)
    {
        Console.Out.Write(prompt);
        Console.TreatControlCAsInput = true;
        try
        {
            return ReadKeys();
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            Console.Out.WriteLine();
        }
    }

    private static SecureString? ReadKeys()
    {
        var secret = new SecureString();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                    secret.Dispose();
                    return null;
                case { Key: ConsoleKey.Enter }:
                    secret.MakeReadOnly();
                    return secret;
                case { Key: ConsoleKey.Backspace } when secret.Length > 0:
                    secret.RemoveAt(secret.Length - 1);
                    Console.Out.Write("\b \b");
                    break;
                case { KeyChar: var character } when !char.IsControl(character):
                    secret.AppendChar(character);
                    Console.Out.Write('*');
                    break;
            }
        }
    }
}
