using SkillBadges.App.Layout;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Logs;

namespace SkillBadges.App.Evidence;

/// <summary>What people read of where work stands, and of hours.</summary>
internal static class WorkWords
{
    public static string State(Texts t, Submission work) => work.State switch
    {
        SubmissionState.Draft when work.LastAttempt is { } attempt => t["try {0} came back", attempt.Number],
        SubmissionState.Draft => t["not turned in yet"],
        SubmissionState.Submitted => t["turned in, try {0}", work.LastAttempt!.Number],
        SubmissionState.Approved => t["signed off"],
        _ => throw new InvalidOperationException($"{work.State} has no words."),
    };

    public static string Kind(Texts t, LogKind kind) => kind switch
    {
        LogKind.PersonalDay => t["Learning day of my own"],
        LogKind.WorkBased => t["Learning at work"],
        LogKind.Service => t["Service"],
        _ => throw new InvalidOperationException($"{kind} has no words."),
    };
}
