"""Plans that keep their last dates more surely: searched for with histories as the judge."""
