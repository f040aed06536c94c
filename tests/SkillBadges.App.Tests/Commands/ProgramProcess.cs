using System.Diagnostics;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Commands;

/// <summary>The real program run to its end in a process of its own.</summary>
internal sealed record ProgramProcess(int ExitCode, string Output, string Errors)
{
    public static Task<ProgramProcess> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    /// <param name="environment">Variables beside those of the tests' own process.</param>
    /// <param name="arguments">The command and its options.</param>
    public static async Task<ProgramProcess> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DemoSeed).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await errors);
    }
}
