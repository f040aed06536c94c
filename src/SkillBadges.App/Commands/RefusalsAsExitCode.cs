using SkillBadges.Core;

namespace SkillBadges.App.Commands;

/// <summary>On the command line a refusal is its code and message on the error stream, and exit code 2.</summary>
internal static class RefusalsAsExitCode
{
    public static Task<int> RunAsync(Func<Task> command) => RunAsync(async () =>
    {
        await command();
        return 0;
    });

    /// <param name="command">Its own exit code: 0 for yes, 1 for an answer that is no.</param>
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (RefusedException refusal)
        {
            await Console.Error.WriteLineAsync($"{refusal.Code}: {refusal.Message}");
            return 2;
        }
    }
}
