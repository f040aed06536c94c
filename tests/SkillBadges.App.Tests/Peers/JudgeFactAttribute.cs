using SkillBadges.Credentials.Tests.Peers;

namespace SkillBadges.App.Tests.Peers;

/// <summary>A test in which independent implementations judge what the application hands out.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JudgeFactAttribute : FactAttribute
{
    public JudgeFactAttribute() =>
        Skip = Environment.GetEnvironmentVariable("CI") == "true" || PeerInstallation.IsPossible ? null : "node and npm are not installed; nobody but ourselves judges what is handed out";
}
