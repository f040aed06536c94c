using System.Diagnostics;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Commands;

/// <summary>The real program run to its end in a process of its own.</summary>
internal sealed record ProgramProcess(int ExitCode, string Output, string Errors)
{
    public static Task<ProgramProcess> RunAsync(params string[] arguments) => RunAsync(Start(arguments));

    /// <param name="environment">Variables beside those of the tests' own process.</param>
    /// <param name="arguments">The command and its options.</param>
    public static Task<ProgramProcess> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunAsync(Start(arguments, [.. environment.Select(pair => (pair.Key, pair.Value))]));

    public static async Task<ProgramProcess> RunAsync(Process process)
    {
        using var disposed = process;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Begins it; <see cref="RunAsync(Process)"/> waits for its end.</summary>
    /// <param name="arguments">Command and options.</param>
    /// <param name="environment">Variables beside those of the tests' own process.</param>
    public static Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DemoSeed).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
