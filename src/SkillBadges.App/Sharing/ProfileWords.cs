using SkillBadges.App.Layout;
using SkillBadges.Core.Sharing.Profiles;

namespace SkillBadges.App.Sharing;

/// <summary>People's words for profiles.</summary>
internal static class ProfileWords
{
    public static string Of(Texts T, ProfileBlock block) => block switch
    {
        ProfileBlock.Drivers => T["What makes me want to work"],
        ProfileBlock.Strengths => T["What I am good at"],
        ProfileBlock.Challenges => T["What is hard, and what helps"],
        ProfileBlock.Interests => T["What I like"],
        ProfileBlock.Goals => T["Where I want to go"],
        ProfileBlock.HowILearn => T["How I learn"],
        ProfileBlock.Languages => T["Languages"],
        _ => T["Badges I am proud of"],
    };

    public static string Of(Texts T, ProfileAudience audience) => audience switch
    {
        ProfileAudience.Teachers => T["my teachers"],
        ProfileAudience.Office => T["the school's office and counselors"],
        ProfileAudience.Family => T["my family"],
        _ => T["my next school, with my record"],
    };

    public static string Of(Texts T, ProfileAuthor author) => author.From is { } from ? T["came with the record from {0}", from] : author.Voice switch
    {
        ProfileVoice.Learner => T["written by the student"],
        ProfileVoice.Teacher => T["proposed by a teacher"],
        ProfileVoice.Office => T["proposed by the school's office"],
        _ => T["proposed by the family"],
    };
}
