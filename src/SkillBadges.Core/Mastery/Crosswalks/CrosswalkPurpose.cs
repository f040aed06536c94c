using System.Text.Json.Serialization;

namespace SkillBadges.Core.Mastery.Crosswalks;

/// <summary>What levels are compared for. An agreement for one purpose says nothing about another.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CrosswalkPurpose>))]
public enum CrosswalkPurpose
{
    /// <summary>Into which course or group a learner goes.</summary>
    [JsonStringEnumMemberName("placement")]
    Placement,

    /// <summary>The letter line of a transcript.</summary>
    [JsonStringEnumMemberName("transcript-letter")]
    TranscriptLetter,

    /// <summary>The average that scholarship forms ask for.</summary>
    [JsonStringEnumMemberName("scholarship-gpa")]
    ScholarshipGpa,

    /// <summary>Whether a later course or badge may begin.</summary>
    [JsonStringEnumMemberName("prerequisite")]
    Prerequisite,

    /// <summary>Whether a skill decided elsewhere counts here.</summary>
    [JsonStringEnumMemberName("carry-over")]
    CarryOver,
}

public static class CrosswalkPurposes
{
    /// <summary>The word in addresses and bodies.</summary>
    public static string Term(this CrosswalkPurpose purpose) => purpose switch
    {
        CrosswalkPurpose.Placement => "placement",
        CrosswalkPurpose.TranscriptLetter => "transcript-letter",
        CrosswalkPurpose.ScholarshipGpa => "scholarship-gpa",
        CrosswalkPurpose.Prerequisite => "prerequisite",
        CrosswalkPurpose.CarryOver => "carry-over",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    /// <exception cref="RefusedException"><c>crosswalk.purpose</c>.</exception>
    public static CrosswalkPurpose FromTerm(string? term)
    {
        foreach (var purpose in Enum.GetValues<CrosswalkPurpose>())
        {
            if (purpose.Term() == term)
            {
                return purpose;
            }
        }

        throw Refused.Invalid("crosswalk.purpose", "The purpose is placement, transcript-letter, scholarship-gpa, prerequisite or carry-over.");
    }
}
