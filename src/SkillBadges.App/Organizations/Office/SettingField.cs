using System.Globalization;
using SkillBadges.App.Layout;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Organizations.Office;

/// <summary>A setting that a form can ask for: a number, or yes or no.</summary>
/// <param name="Name">Of the field in the form; no text for people.</param>
/// <param name="Most">The highest number; null for yes or no.</param>
internal sealed record SettingField(string Name, int Least, int? Most, Func<SettingValues, int?> Get, Func<SettingValues, int?, SettingValues> Set)
{
    /// <summary>In the order in which the form asks.</summary>
    public static IReadOnlyList<SettingField> All { get; } =
    [
        new("undo", 0, 1440, values => values.UndoMinutes, (values, set) => values with { UndoMinutes = set }),
        new("review", 1, 120, values => values.ReviewDays, (values, set) => values with { ReviewDays = set }),
        new("observation", 0, 400, values => values.ObservationDays, (values, set) => values with { ObservationDays = set }),
        new("moderation", 0, 100, values => values.ModerationPercent, (values, set) => values with { ModerationPercent = set }),
        new("second-reading", 1, 120, values => values.SecondReadingDays, (values, set) => values with { SecondReadingDays = set }),
        new("flag-weeks", 1, 52, values => values.FlagAfterWeeks, (values, set) => values with { FlagAfterWeeks = set }),
        new("flag-not-yets", 2, 10, values => values.FlagNotYets, (values, set) => values with { FlagNotYets = set }),
        new("digest", 0, 23, values => values.DigestHour, (values, set) => values with { DigestHour = set }),
        new("learner-files", 1, 10_000_000, values => values.LearnerFileMegabytes, (values, set) => values with { LearnerFileMegabytes = set }),
        new("all-files", 1, 100_000_000, values => values.OrganizationFileMegabytes, (values, set) => values with { OrganizationFileMegabytes = set }),
        new("media-days", 30, 3_650, values => values.MediaDays, (values, set) => values with { MediaDays = set }),
        new("file-days", 30, 3_650, values => values.FileDays, (values, set) => values with { FileDays = set }),
        YesNo("families", values => values.TellFamilies, (values, set) => values with { TellFamilies = set }),
        YesNo("peers", values => values.PeerFeedback, (values, set) => values with { PeerFeedback = set }),
        YesNo("classes", values => values.TeachersKeepClasses, (values, set) => values with { TeachersKeepClasses = set }),
        YesNo("standards", values => values.Standards, (values, set) => values with { Standards = set }),
        YesNo("scales", values => values.Scales, (values, set) => values with { Scales = set }),
        YesNo("reporting", values => values.Reporting, (values, set) => values with { Reporting = set }),
        YesNo("lint", values => values.Lint is { } lint ? lint == LintPolicy.Block : null, (values, set) => values with { Lint = set is { } block ? block ? LintPolicy.Block : LintPolicy.Warn : null }),
    ];

    public bool IsYesNo => Most is null;

    /// <summary>What is asked.</summary>
    public string Words(Texts T) => Name switch
    {
        "undo" => T["Minutes in which a sign-off can be undone"],
        "review" => T["Days until turned-in work is due"],
        "observation" => T["Days back that something seen may be dated"],
        "moderation" => T["Percent of sign-offs that a second scorer looks at"],
        "second-reading" => T["Days for the second scorer"],
        "flag-weeks" => T["Weeks without a step up until a student is pointed out"],
        "flag-not-yets" => T["Times “not yet” in a row until a student is pointed out"],
        "digest" => T["Hour of the daily letter, 0 to 23"],
        "learner-files" => T["Megabytes of files of one student"],
        "all-files" => T["Megabytes of files of all students"],
        "media-days" => T["Days that pictures, sound and film are kept after the last word on the work"],
        "file-days" => T["Days that other files are kept after the last word on the work"],
        "families" => T["Families are told of sign-offs"],
        "peers" => T["Classmates may look at each other's work"],
        "classes" => T["Teachers take students into their classes and help them to sign in"],
        "standards" => T["Standards are shown with skills"],
        "scales" => T["Work is judged by levels"],
        "reporting" => T["Staff read the student record across badges"],
        _ => T["Unclear words keep a badge from being published"],
    };

    /// <summary>A value as people read it.</summary>
    public string Value(Texts T, int value) => IsYesNo ? value == 1 ? T["Yes"] : T["No"] : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What was typed, over the organization's own values; nothing typed inherits.</summary>
    public SettingValues Take(SettingValues own, string? typed) => Set(own, int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null);

    private static SettingField YesNo(string name, Func<SettingValues, bool?> get, Func<SettingValues, bool?, SettingValues> set) => new(
        name, 0, null, values => get(values) is { } isOn ? isOn ? 1 : 0 : null, (values, number) => set(values, number is { } given ? given == 1 : null));
}
