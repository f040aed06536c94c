namespace SkillBadges.Core.Tests;

/// <summary>What a refusal comes to for a test that expects one.</summary>
internal static class Refusal
{
    /// <summary>The code, or null when nothing was refused.</summary>
    public static async Task<string?> CodeOf(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (RefusedException refusal)
        {
            return refusal.Code;
        }
    }
}
