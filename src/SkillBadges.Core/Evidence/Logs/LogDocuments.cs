using System.Globalization;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Logs;

public static class LogDocuments
{
    public static readonly AccessPath<LogEntry> ByLearner = new AccessPath<LogEntry>("learner")
        .Equal("learner", e => e.Learner.Value).Equal("organization", e => e.Organization.Value).OrderBy("day", e => DayText(e.Words.On));

    public static readonly DocumentKind<LogEntry> Kind = new("log_entry", e => e.Id.Value) { Paths = [ByLearner] };

    /// <summary>Sorts as days do.</summary>
    public static string DayText(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
