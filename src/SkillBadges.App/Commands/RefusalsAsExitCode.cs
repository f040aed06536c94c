using SkillBadges.Core;

namespace SkillBadges.App.Commands;

/// <summary>On the command line a refusal is its code and message on the error stream, and exit code 2.</summary>
internal static class RefusalsAsExitCode
{
    public static async Task<int> RunAsync(Func<Task> command)
    {
        try
        {
            await command();
            return 0;
        }
        catch (RefusedException refusal)
        {
            await Console.Error.WriteLineAsync($"{refusal.Code}: {refusal.Message}");
            return 2;
        }
    }
}
