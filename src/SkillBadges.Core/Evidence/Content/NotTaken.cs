namespace SkillBadges.Core.Evidence.Content;

/// <summary>Why a file is not taken, each reason under a code of its own.</summary>
internal static class NotTaken
{
    public static RefusedException Truncated() => Refused.Invalid("evidence.truncated", "The file ends before it is complete; please send it again, or save it anew.");

    public static RefusedException Trailing() => Refused.Invalid("evidence.trailing-data", "Something else is hidden behind the end of this file. Please save it anew with a program for pictures, sound or documents.");

    public static RefusedException Checksum() => Refused.Invalid("evidence.damaged", "A checksum inside the file is wrong: it was damaged on its way. Please send it again, or save it anew.");

    public static RefusedException Image(string code, string why) => Refused.Invalid(code, $"This is not a picture that we can keep: {why}.");

    public static RefusedException Pixels() => Refused.Invalid("evidence.image-too-large", "A picture may have at most 25 million pixels; please make it smaller.");

    public static RefusedException Video(string code, string why) => Refused.Invalid(code, $"This is not a video or sound file that we can keep: {why}.");

    public static RefusedException Audio(string code, string why) => Refused.Invalid(code, $"This is not a sound file that we can keep: {why}.");

    public static RefusedException Telephone() => Audio("evidence.audio-coding", "it is coded as for a telephone line (AMR), which browsers do not play; please record it as M4A, MP3 or WAV");

    public static RefusedException Office(string code, string why) => Refused.Invalid(code, $"This is not a document that we can keep: {why}. A PDF may do.");

    public static RefusedException Bomb() => Refused.Invalid("evidence.bomb", "This file would become very many times larger when it is opened.");
}
